using Mempulse.Primitives;

namespace Mempulse.Ethereum.Rlp;

/// <content>Reads the field types of Ethereum's structures.</content>
public ref partial struct RlpReader
{
    /// <summary>Reads an integer of at most 64 bits.</summary>
    public ulong ReadUInt64()
    {
        int start = _position;
        var bytes = ReadInteger(sizeof(ulong), start);
        ulong value = 0;
        foreach (byte next in bytes) // at most 8
        {
            value = (value << 8) | next;
        }

        return value;
    }

    /// <summary>Reads an integer of at most 256 bits.</summary>
    public UInt256 ReadUInt256()
    {
        int start = _position;
        return UInt256.FromBigEndian(ReadInteger(UInt256.Size, start));
    }

    /// <summary>Reads an address, a string of 20 bytes.</summary>
    public Address ReadAddress()
    {
        var bytes = ReadFixed(Address.Size);
        return Failed ? default : new Address(bytes);
    }

    /// <summary>Reads an address, or null from an empty string.</summary>
    public Address? ReadOptionalAddress()
    {
        if (HasMore && _bytes[_position] == ShortString)
        {
            _position++;
            return null;
        }

        return ReadAddress();
    }

    /// <summary>Reads a hash, a string of 32 bytes.</summary>
    public Hash256 ReadHash()
    {
        var bytes = ReadFixed(Hash256.Size);
        return Failed ? default : new Hash256(bytes);
    }

    /// <summary>Reads a string of exactly <paramref name="size"/> bytes.</summary>
    public ReadOnlySpan<byte> ReadFixed(int size)
    {
        int start = _position;
        var bytes = ReadString();
        if (bytes.Length != size)
        {
            Fail(RlpError.WrongLength, start);
        }

        return bytes;
    }

    private ReadOnlySpan<byte> ReadInteger(int maxBytes, int start)
    {
        var bytes = ReadString();
        if (bytes.Length > maxBytes)
        {
            Fail(RlpError.IntegerTooWide, start);
            return default;
        }

        if (bytes.Length > 0 && bytes[0] == 0)
        {
            Fail(RlpError.LeadingZero, start);
            return default;
        }

        return bytes;
    }
}
