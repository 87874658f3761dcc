using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Rlp;

/// <summary>Appends canonical RLP to a <see cref="ByteBuffer"/>, without allocating once the buffer is large enough.</summary>
/// <remarks>
/// Lists are begun and ended: <c>int start = writer.BeginList(); ... writer.EndList(start);</c>. The header is inserted when
/// the length is known, by moving the content: one copy per nesting level, which is cheaper than a second pass over the fields.
/// </remarks>
public readonly ref struct RlpWriter(ByteBuffer output)
{
    /// <summary>Largest header of a string or list in bytes.</summary>
    public const int MaxHeaderBytes = 9;

    private const int ShortLimit = 55;
    private const byte ShortString = 0x80;
    private const byte ShortList = 0xc0;

    /// <summary>Begins a list at the current end of the buffer.</summary>
    /// <returns>A value to pass to <see cref="EndList"/>.</returns>
    public int BeginList() => output.Length;

    /// <summary>Turns everything since <paramref name="start"/> into the content of a list.</summary>
    public void EndList(int start)
    {
        int contentBytes = output.Length - start;
        Span<byte> header = stackalloc byte[MaxHeaderBytes];
        header = header[..WriteHeader(header, contentBytes, ShortList)];
        output.Append(header.Length);
        var whole = output.Written(start, header.Length + contentBytes);
        whole[..contentBytes].CopyTo(whole[header.Length..]);
        header.CopyTo(whole);
    }

    /// <summary>Writes a string.</summary>
    public void Write(scoped ReadOnlySpan<byte> value)
    {
        if (value.Length != 1 || value[0] >= ShortString)
        {
            Span<byte> header = stackalloc byte[MaxHeaderBytes];
            output.Append(header[..WriteHeader(header, value.Length, ShortString)]);
        }

        output.Append(value);
    }

    /// <summary>Writes an integer, big-endian without leading zeros.</summary>
    public void Write(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Write(bytes[(System.Numerics.BitOperations.LeadingZeroCount(value) / 8)..]);
    }

    /// <summary>Writes an integer, big-endian without leading zeros.</summary>
    public void Write(UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        Write(bytes[(UInt256.Size - value.ByteLength)..]);
    }

    /// <summary>Writes an address, a string of 20 bytes.</summary>
    public void Write(Address value)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        value.CopyTo(bytes);
        Write(bytes);
    }

    /// <summary>Writes an address, or an empty string for null.</summary>
    public void Write(Address? value)
    {
        if (value is { } address)
        {
            Write(address);
        }
        else
        {
            Write([]);
        }
    }

    /// <summary>Writes a hash, a string of 32 bytes.</summary>
    public void Write(Hash256 value)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        value.CopyTo(bytes);
        Write(bytes);
    }

    /// <summary>Appends an item that is already encoded.</summary>
    public void WriteEncoded(scoped ReadOnlySpan<byte> item) => output.Append(item);

    /// <summary>Writes the header of a list with <paramref name="contentBytes"/> bytes of content.</summary>
    /// <returns>Number of bytes written, at most <see cref="MaxHeaderBytes"/>.</returns>
    public static int WriteListHeader(Span<byte> destination, int contentBytes) => WriteHeader(destination, contentBytes, ShortList);

    private static int WriteHeader(Span<byte> destination, int contentBytes, byte kind)
    {
        if (contentBytes <= ShortLimit)
        {
            destination[0] = (byte)(kind + contentBytes);
            return 1;
        }

        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)contentBytes);
        var significant = length[(System.Numerics.BitOperations.LeadingZeroCount((uint)contentBytes) / 8)..];
        destination[0] = (byte)(kind + ShortLimit + significant.Length);
        significant.CopyTo(destination[1..]);
        return 1 + significant.Length;
    }
}
