using System.Buffers.Binary;
using Mempulse.Primitives;

namespace Mempulse.Replay.Entries;

/// <summary>Reads what <see cref="EntryWriter"/> wrote; anything else throws <see cref="CheckpointException"/>.</summary>
/// <remarks>The spans it returns point into the input.</remarks>
public ref struct EntryReader(ReadOnlySpan<byte> input)
{
    private readonly ReadOnlySpan<byte> _input = input;
    private int _position;

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _position;

    /// <summary>True when every byte was read.</summary>
    public readonly bool AtEnd => _position == _input.Length;

    /// <summary>One byte.</summary>
    public byte ReadByte() => Take(1)[0];

    /// <summary>One byte, 0 or 1.</summary>
    public bool ReadBoolean()
    {
        byte value = ReadByte();
        return value <= 1 ? value == 1 : throw Malformed($"{value} is not a valid boolean: expected 0 or 1");
    }

    /// <summary>Four bytes.</summary>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Four bytes: a count of items of at least one byte each, so at most the number of bytes left.</summary>
    public int ReadCount()
    {
        uint count = ReadUInt32();
        int left = _input.Length - _position;
        return count <= (uint)left ? (int)count : throw Malformed($"{count} entries do not fit in the remaining {left} bytes");
    }

    /// <summary>Four bytes: a number in the range of an int.</summary>
    public int ReadInt32()
    {
        uint value = ReadUInt32();
        return value <= int.MaxValue ? (int)value : throw Malformed($"{value} exceeds the limit of {int.MaxValue}");
    }

    /// <summary>Eight bytes.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Eight bytes, two's complement.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>Sixteen bytes.</summary>
    public UInt128 ReadUInt128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    /// <summary>32 bytes.</summary>
    public Hash256 ReadHash() => new(Take(Hash256.Size));

    /// <summary>20 bytes.</summary>
    public Address ReadAddress() => new(Take(Address.Size));

    /// <summary>A length and big-endian bytes.</summary>
    public UInt256 ReadUInt256()
    {
        byte size = ReadByte();
        return size <= UInt256.Size
            ? UInt256.FromBigEndian(Take(size))
            : throw Malformed($"{size} is not a valid number size: expected at most {UInt256.Size} bytes");
    }

    /// <summary>A length and bytes; points into the input.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadCount());

    /// <summary>A text.</summary>
    public string ReadString() => System.Text.Encoding.UTF8.GetString(ReadBytes());

    /// <summary>The byte that starts an entry of a table.</summary>
    public void Expect(byte tag)
    {
        byte found = ReadByte();
        if (found != tag)
        {
            throw Malformed($"expected an entry with tag {tag}, found tag {found}");
        }
    }

    /// <summary>One byte: a value of a small enumeration without gaps that ends in <paramref name="last"/>.</summary>
    public TEnum ReadEnum<TEnum>(TEnum last)
        where TEnum : struct, Enum
    {
        byte value = ReadByte();
        var read = (TEnum)Enum.ToObject(typeof(TEnum), value);
        return read.CompareTo(last) <= 0 ? read : throw Malformed($"{value} is not a valid enumeration value: expected at most {last}");
    }

    /// <summary>A failure at the current position.</summary>
    public readonly CheckpointException Malformed(string what) => new($"The checkpoint is malformed at byte {_position}: {what}.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _input.Length - _position)
        {
            throw Malformed($"expected {count} bytes, found {_input.Length - _position}");
        }

        var taken = _input.Slice(_position, count);
        _position += count;
        return taken;
    }
}
