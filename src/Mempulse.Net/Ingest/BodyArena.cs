using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>A ring buffer for the bodies of queued items. Each body is contiguous, and bodies are freed in order of arrival.</summary>
/// <remarks>Confined to the queue's lock. It bounds the queue in bytes and spares an object per body.</remarks>
internal sealed class BodyArena(int capacityBytes)
{
    private readonly byte[] _ring = new byte[capacityBytes];
    private int _head;
    private int _used;

    /// <summary>Copies a body into the ring. Returns false if there is no room.</summary>
    /// <param name="raw">The body.</param>
    /// <param name="offset">The offset of the body.</param>
    /// <param name="reservedBytes">The size to pass to <see cref="Free"/>, which includes a skipped end of the ring.</param>
    public bool TryAdd(ReadOnlySpan<byte> raw, out int offset, out int reservedBytes)
    {
        _head = _used == 0 ? 0 : _head;
        int tail = (int)(((long)_head + _used) % _ring.Length);
        int untilEnd = _ring.Length - tail;
        int skip = raw.Length > untilEnd ? untilEnd : 0;
        offset = skip > 0 ? 0 : tail;
        reservedBytes = skip + raw.Length;
        if (reservedBytes > _ring.Length - _used)
        {
            return false;
        }

        raw.CopyTo(_ring.AsSpan(offset));
        _used += reservedBytes;
        return true;
    }

    /// <summary>Returns the bytes of a body.</summary>
    public ReadOnlySpan<byte> Read(int offset, int length) => _ring.AsSpan(offset, length);

    /// <summary>Frees the oldest body.</summary>
    public void Free(int reservedBytes)
    {
        Invariant.That(reservedBytes <= _used, "INV-61", "no more room of the queue's bytes is given back than was taken");
        _head = (int)(((long)_head + reservedBytes) % _ring.Length);
        _used -= reservedBytes;
    }
}
