using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Replay.Entries;

/// <summary>Writes state entries in the fixed-width little-endian form that the digest hashes and the checkpoint keeps.</summary>
/// <remarks>Keep in sync with docs/formats/checkpoint.md.</remarks>
public readonly ref struct EntryWriter(ByteBuffer buffer)
{
    private readonly ByteBuffer _buffer = buffer;

    /// <summary>One byte.</summary>
    public void Write(byte value) => _buffer.Append(1)[0] = value;

    /// <summary>One byte, 0 or 1.</summary>
    public void Write(bool value) => _buffer.Append(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>Four bytes.</summary>
    public void Write(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_buffer.Append(4), value);

    /// <summary>Four bytes; the value is a count and never negative.</summary>
    public void WriteCount(int value) => Write(checked((uint)value));

    /// <summary>Eight bytes.</summary>
    public void Write(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(_buffer.Append(8), value);

    /// <summary>Eight bytes, two's complement.</summary>
    public void Write(long value) => BinaryPrimitives.WriteInt64LittleEndian(_buffer.Append(8), value);

    /// <summary>Sixteen bytes.</summary>
    public void Write(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(_buffer.Append(16), value);

    /// <summary>32 bytes, as printed.</summary>
    public void Write(Hash256 value) => value.CopyTo(_buffer.Append(Hash256.Size));

    /// <summary>20 bytes, as printed.</summary>
    public void Write(Address value) => value.CopyTo(_buffer.Append(Address.Size));

    /// <summary>One byte of length, then that many big-endian bytes without leading zeros.</summary>
    public void Write(UInt256 value)
    {
        int size = value.ByteLength;
        Span<byte> word = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(word);
        Write((byte)size);
        _buffer.Append(word[(UInt256.Size - size)..]);
    }

    /// <summary>Four bytes of length, then the bytes.</summary>
    public void Write(ReadOnlySpan<byte> value)
    {
        WriteCount(value.Length);
        _buffer.Append(value);
    }

    /// <summary>Four bytes of length, then the UTF-8 bytes.</summary>
    public void Write(string value) => Write(System.Text.Encoding.UTF8.GetBytes(value));
}
