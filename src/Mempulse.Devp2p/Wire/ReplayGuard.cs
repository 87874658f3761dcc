using Mempulse.Primitives;

namespace Mempulse.Devp2p.Wire;

/// <summary>Remembers the nonces of the last handshakes, so that a recorded first message is not answered again.</summary>
/// <remarks>A replay gains nothing without the ephemeral key, but costs us four curve operations. Safe for any number of threads.</remarks>
internal sealed class ReplayGuard
{
    private const int Capacity = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly HashSet<Hash256> _known = [];
    private readonly Queue<Hash256> _order = new();

    /// <summary>False when the nonce was heard among the last 16,384.</summary>
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
