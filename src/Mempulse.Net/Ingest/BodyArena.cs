using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>A ring of bytes that holds the bodies of queued items, each in one piece, freed in the order of their arrival.</summary>
/// <remarks>Confined to the queue's lock. So the queue is bounded in bytes, and a queued body costs no object.</remarks>
internal sealed class BodyArena(int capacityBytes)
{
    private readonly byte[] _ring = new byte[capacityBytes];
    private int _head;
    private int _used;

    /// <summary>Copies a body in; false when there is no room.</summary>
    /// <param name="raw">The body.</param>
    /// <param name="offset">Where it stands.</param>
    /// <param name="reservedBytes">What <see cref="Free"/> takes to give its room back, with the unused end it skipped.</param>
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

    /// <summary>The bytes of a body.</summary>
    public ReadOnlySpan<byte> Read(int offset, int length) => _ring.AsSpan(offset, length);

    /// <summary>Gives back the room of the oldest body.</summary>
    public void Free(int reservedBytes)
    {
        Invariant.That(reservedBytes <= _used, "INV-61", "no more room is given back than was taken");
        _head = (int)(((long)_head + reservedBytes) % _ring.Length);
        _used -= reservedBytes;
    }
}
