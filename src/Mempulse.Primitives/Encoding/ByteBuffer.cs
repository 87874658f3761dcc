using System.Buffers;

namespace Mempulse.Primitives.Encoding;

/// <summary>A growing byte array that keeps its memory when cleared, so a warm writer allocates nothing.</summary>
/// <remarks>Confined to one thread at a time; the owner clears and reuses it.</remarks>
public sealed class ByteBuffer : IBufferWriter<byte>
{
    private byte[] _bytes;
    private int _length;

    /// <summary>An empty buffer with room for <paramref name="capacityBytes"/>.</summary>
    public ByteBuffer(int capacityBytes = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacityBytes);
        _bytes = new byte[capacityBytes];
    }

    /// <summary>Bytes written so far.</summary>
    public int Length => _length;

    /// <summary>The bytes written so far; valid until the next write or clear.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, _length);

    /// <summary>The bytes written so far; valid until the next write or clear.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _length);

    /// <summary>Removes the content and keeps the memory.</summary>
    public void Clear() => _length = 0;

    /// <summary>Truncates the content to <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _length);
        _length = length;
    }

    /// <summary>Appends exactly <paramref name="count"/> bytes for the caller to fill; they count as written.</summary>
    public Span<byte> Append(int count)
    {
        EnsureRoom(count);
        var room = _bytes.AsSpan(_length, count);
        _length += count;
        return room;
    }

    /// <summary>Appends a copy of <paramref name="bytes"/>.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    /// <summary>Bytes already written, for the caller to change.</summary>
    public Span<byte> Written(int offset, int count) => _bytes.AsSpan(0, _length).Slice(offset, count);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _length);
        _length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(1, sizeHint));
        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(1, sizeHint));
        return _bytes.AsSpan(_length);
    }

    private void EnsureRoom(int count)
    {
        if (count > _bytes.Length - _length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }
    }
}
