using Mempulse.Primitives;

namespace Mempulse.Devp2p.Wire;

/// <summary>Remembers the nonces of recent handshakes, so that a replayed auth message is not answered.</summary>
/// <remarks>
/// A replay gains nothing without the ephemeral key; refusing it frees the handshake slot at once. It does not save the curve operations, because
/// the nonce is encrypted. Thread-safe.
/// </remarks>
internal sealed class ReplayGuard
{
    private const int Capacity = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly HashSet<Hash256> _known = [];
    private readonly Queue<Hash256> _order = new();

    /// <summary>Adds a nonce; false when it is among the last 16,384.</summary>
    public bool TryAdd(Hash256 nonce)
    {
        lock (_gate)
        {
            if (!_known.Add(nonce))
            {
                return false;
            }

            _order.Enqueue(nonce);
            if (_order.Count > Capacity)
            {
                _known.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
