using System.Buffers.Binary;

namespace Mempulse.Primitives.Encoding;

/// <summary>Writes the subset of MessagePack that event payloads use, each value in its shortest form.</summary>
/// <remarks>
/// Our own code, because L0 uses no packages and the append path must not allocate; a test checks that a MessagePack library
/// reads its bytes. Source: https://github.com/msgpack/msgpack/blob/master/spec.md.
/// </remarks>
public readonly ref struct MessagePackWriter(ByteBuffer buffer)
{
    private readonly ByteBuffer _buffer = buffer;

    /// <summary>Starts an array of <paramref name="count"/> values.</summary>
    public void WriteArrayHeader(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count < 16)
        {
            _buffer.Append(1)[0] = (byte)(MessagePackCode.FixArray | count);
        }
        else if (count <= ushort.MaxValue)
        {
            WriteWithUInt16(MessagePackCode.Array16, (ushort)count);
        }
        else
        {
            WriteWithUInt32(MessagePackCode.Array32, (uint)count);
        }
    }

    /// <summary>Nil.</summary>
    public void WriteNil() => _buffer.Append(1)[0] = MessagePackCode.Nil;

    /// <summary>A boolean.</summary>
    public void Write(bool value) => _buffer.Append(1)[0] = value ? MessagePackCode.True : MessagePackCode.False;

    /// <summary>An unsigned number.</summary>
    public void Write(ulong value)
    {
        switch (value)
        {
            case <= 0x7f:
                _buffer.Append(1)[0] = (byte)value;
                break;
            case <= byte.MaxValue:
                WriteWithUInt8(MessagePackCode.UInt8, (byte)value);
                break;
            case <= ushort.MaxValue:
                WriteWithUInt16(MessagePackCode.UInt16, (ushort)value);
                break;
            case <= uint.MaxValue:
                WriteWithUInt32(MessagePackCode.UInt32, (uint)value);
                break;
            default:
                var wide = _buffer.Append(9);
                wide[0] = MessagePackCode.UInt64;
                BinaryPrimitives.WriteUInt64BigEndian(wide[1..], value);
                break;
        }
    }

    /// <summary>A byte string.</summary>
    public void Write(ReadOnlySpan<byte> value)
    {
        WriteBinaryHeader(value.Length);
        _buffer.Append(value);
    }

    /// <summary>A hash as a byte string of 32 bytes.</summary>
    public void Write(Hash256 value)
    {
        WriteBinaryHeader(Hash256.Size);
        value.CopyTo(_buffer.Append(Hash256.Size));
    }

    /// <summary>An address as a byte string of 20 bytes.</summary>
    public void Write(Address value)
    {
        WriteBinaryHeader(Address.Size);
        value.CopyTo(_buffer.Append(Address.Size));
    }

    /// <summary>An integer up to 64 bits, a larger number as its shortest big-endian byte string.</summary>
    public void Write(UInt256 value)
    {
        if (value.FitsUInt64)
        {
            Write(value.LowUInt64);
            return;
        }

        Span<byte> word = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(word);
        Write(word[(UInt256.Size - value.ByteLength)..]);
    }

    /// <summary>A string in UTF-8, or nil.</summary>
    public void Write(string? value)
    {
        if (value is null)
        {
            WriteNil();
            return;
        }

        int count = System.Text.Encoding.UTF8.GetByteCount(value);
        if (count < 32)
        {
            _buffer.Append(1)[0] = (byte)(MessagePackCode.FixStr | count);
        }
        else if (count <= byte.MaxValue)
        {
            WriteWithUInt8(MessagePackCode.Str8, (byte)count);
        }
        else if (count <= ushort.MaxValue)
        {
            WriteWithUInt16(MessagePackCode.Str16, (ushort)count);
        }
        else
        {
            WriteWithUInt32(MessagePackCode.Str32, (uint)count);
        }

        System.Text.Encoding.UTF8.GetBytes(value, _buffer.Append(count));
    }

    private void WriteBinaryHeader(int count)
    {
        if (count <= byte.MaxValue)
        {
            WriteWithUInt8(MessagePackCode.Bin8, (byte)count);
        }
        else if (count <= ushort.MaxValue)
        {
            WriteWithUInt16(MessagePackCode.Bin16, (ushort)count);
        }
        else
        {
            WriteWithUInt32(MessagePackCode.Bin32, (uint)count);
        }
    }

    private void WriteWithUInt8(byte code, byte value)
    {
        var bytes = _buffer.Append(2);
        bytes[0] = code;
        bytes[1] = value;
    }

    private void WriteWithUInt16(byte code, ushort value)
    {
        var bytes = _buffer.Append(3);
        bytes[0] = code;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[1..], value);
    }

    private void WriteWithUInt32(byte code, uint value)
    {
        var bytes = _buffer.Append(5);
        bytes[0] = code;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], value);
    }
}
