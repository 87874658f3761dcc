using System.Buffers.Binary;

namespace Mempulse.Primitives.Encoding;

/// <summary>Reads event payloads; any malformed input throws <see cref="EventDecodeException"/>.</summary>
/// <remarks>Spans it returns point into the input.</remarks>
public ref struct MessagePackReader(ReadOnlySpan<byte> input)
{
    /// <summary>Deepest nesting that <see cref="Skip()"/> follows in an unknown value.</summary>
    public const int MaxDepth = 32;

    private ReadOnlySpan<byte> _rest = input;

    /// <summary>True when every byte was read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>The bytes not read yet.</summary>
    internal readonly ReadOnlySpan<byte> Unread => _rest;

    /// <summary>Passes over bytes that the caller has checked.</summary>
    internal void PassOver(int length) => _rest = _rest[length..];

    /// <summary>The next value is nil; consumes it if so.</summary>
    public bool TryReadNil()
    {
        if (_rest.IsEmpty || _rest[0] != MessagePackCode.Nil)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    /// <summary>Number of values in the array that starts here; never more than the remaining bytes could hold.</summary>
    public int ReadArrayHeader()
    {
        byte code = ReadByte();
        uint count = code switch
        {
            >= MessagePackCode.FixArray and < MessagePackCode.FixStr => (uint)(code & 0x0f),
            MessagePackCode.Array16 => ReadUInt16(),
            MessagePackCode.Array32 => ReadUInt32(),
            _ => throw Unexpected("an array", code),
        };
        return count <= (uint)_rest.Length
            ? (int)count
            : throw new EventDecodeException($"An array of {count} values does not fit into the {_rest.Length} bytes left.");
    }

    /// <summary>A boolean.</summary>
    public bool ReadBoolean()
    {
        byte code = ReadByte();
        return code switch
        {
            MessagePackCode.True => true,
            MessagePackCode.False => false,
            _ => throw Unexpected("a boolean", code),
        };
    }

    /// <summary>An unsigned number of up to 64 bits.</summary>
    public ulong ReadUInt64()
    {
        byte code = ReadByte();
        return code switch
        {
            <= 0x7f => code,
            MessagePackCode.UInt8 => ReadByte(),
            MessagePackCode.UInt16 => ReadUInt16(),
            MessagePackCode.UInt32 => ReadUInt32(),
            MessagePackCode.UInt64 => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
            _ => throw Unexpected("an unsigned number", code),
        };
    }

    /// <summary>An unsigned number that must be at most <paramref name="max"/>.</summary>
    public ulong ReadUInt64(ulong max)
    {
        ulong value = ReadUInt64();
        return value <= max ? value : throw new EventDecodeException($"{value} exceeds the limit of {max}.");
    }

    /// <summary>A byte string; points into the input.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        byte code = ReadByte();
        return Take(code switch
        {
            MessagePackCode.Bin8 => ReadByte(),
            MessagePackCode.Bin16 => ReadUInt16(),
            MessagePackCode.Bin32 => ReadUInt32(),
            _ => throw Unexpected("a byte string", code),
        });
    }

    /// <summary>A byte string of 32 bytes.</summary>
    public Hash256 ReadHash() => new(ReadBytes(Hash256.Size));

    /// <summary>A byte string of 20 bytes.</summary>
    public Address ReadAddress() => new(ReadBytes(Address.Size));

    /// <summary>An integer, or a big-endian byte string of 9 to 32.</summary>
    public UInt256 ReadUInt256()
    {
        if (_rest.IsEmpty || _rest[0] != MessagePackCode.Bin8)
        {
            return ReadUInt64();
        }

        var bytes = ReadBytes();
        return bytes.Length is > 8 and <= UInt256.Size && bytes[0] != 0
            ? UInt256.FromBigEndian(bytes)
            : throw new EventDecodeException($"A byte string of {bytes.Length} is not a valid wide number: expected 9 to 32 bytes without leading zeros.");
    }

    /// <summary>A string, or null for nil.</summary>
    public string? ReadString()
    {
        byte code = ReadByte();
        uint count = code switch
        {
            MessagePackCode.Nil => uint.MaxValue,
            >= MessagePackCode.FixStr and < MessagePackCode.Nil => (uint)(code & 0x1f),
            MessagePackCode.Str8 => ReadByte(),
            MessagePackCode.Str16 => ReadUInt16(),
            MessagePackCode.Str32 => ReadUInt32(),
            _ => throw Unexpected("a string", code),
        };
        return code == MessagePackCode.Nil ? null : System.Text.Encoding.UTF8.GetString(Take(count));
    }

    /// <summary>Skips one value of any type.</summary>
    public void Skip() => Skip(MaxDepth);

    private void Skip(int depth)
    {
        if (depth == 0)
        {
            throw new EventDecodeException($"A value nests deeper than {MaxDepth}.");
        }

        byte code = ReadByte();
        switch (code)
        {
            case <= 0x7f or MessagePackCode.Nil or MessagePackCode.True or MessagePackCode.False or >= MessagePackCode.NegativeFixInt:
                break;
            case < MessagePackCode.FixArray:
                SkipMany(2u * (uint)(code & 0x0f), depth);
                break;
            case < MessagePackCode.FixStr:
                SkipMany((uint)(code & 0x0f), depth);
                break;
            case < MessagePackCode.Nil:
                Take((uint)(code & 0x1f));
                break;
            case MessagePackCode.Array16:
                SkipMany(ReadUInt16(), depth);
                break;
            case MessagePackCode.Array32:
                SkipMany(ReadUInt32(), depth);
                break;
            case MessagePackCode.Map16:
                SkipMany(2u * ReadUInt16(), depth);
                break;
            case MessagePackCode.Map32:
                SkipMany(2ul * ReadUInt32(), depth);
                break;
            default:
                Take(SizeOfScalar(code));
                break;
        }
    }

    private void SkipMany(ulong count, int depth)
    {
        if (count > (uint)_rest.Length)
        {
            throw new EventDecodeException($"{count} values do not fit into the {_rest.Length} bytes left.");
        }

        for (ulong i = 0; i < count; i++)
        {
            Skip(depth - 1);
        }
    }

    private uint SizeOfScalar(byte code) => code switch
    {
        MessagePackCode.Bin8 or MessagePackCode.Str8 => ReadByte(),
        MessagePackCode.Bin16 or MessagePackCode.Str16 => ReadUInt16(),
        MessagePackCode.Bin32 or MessagePackCode.Str32 => ReadUInt32(),
        MessagePackCode.Ext8 => 1u + ReadByte(),
        MessagePackCode.Ext16 => 1u + ReadUInt16(),
        MessagePackCode.Ext32 => Math.Min(ReadUInt32(), int.MaxValue) + 1u,
        MessagePackCode.UInt8 or MessagePackCode.Int8 => 1,
        MessagePackCode.UInt16 or MessagePackCode.Int16 => 2,
        MessagePackCode.UInt32 or MessagePackCode.Int32 or MessagePackCode.Float32 => 4,
        MessagePackCode.UInt64 or MessagePackCode.Int64 or MessagePackCode.Float64 => 8,
        >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16 => 1u + (1u << (code - MessagePackCode.FixExt1)),
        _ => throw Unexpected("a value", code),
    };

    private ReadOnlySpan<byte> ReadBytes(int size)
    {
        var bytes = ReadBytes();
        return bytes.Length == size
            ? bytes
            : throw new EventDecodeException($"Expected a byte string of {size} bytes, found {bytes.Length}.");
    }

    private byte ReadByte() => Take(1)[0];

    private ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    private uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > (uint)_rest.Length)
        {
            throw new EventDecodeException($"Expected {count} more bytes, found {_rest.Length}.");
        }

        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private static EventDecodeException Unexpected(string expected, byte code) =>
        new($"Expected {expected}, found MessagePack code 0x{code:x2}.");
}
