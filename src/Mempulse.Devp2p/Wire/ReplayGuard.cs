using Mempulse.Primitives;

namespace Mempulse.Devp2p.Wire;

/// <summary>Remembers the auth messages of recent handshakes by their hashes, so that a replay is neither decrypted nor answered.</summary>
/// <remarks>
/// A replay is the same bytes: its tag covers them, and without the ephemeral key they cannot be encrypted anew. Only valid messages are added, so
/// garbage evicts nothing. Thread-safe.
/// </remarks>
internal sealed class ReplayGuard
{
    private const int Capacity = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly HashSet<Hash256> _known = [];
    private readonly Queue<Hash256> _order = new();

    /// <summary>True for one of the last 16,384 messages.</summary>
    public bool Contains(Hash256 message)
    {
        lock (_gate)
        {
            return _known.Contains(message);
        }
    }

    /// <summary>Adds a message; false when it is among the last 16,384.</summary>
    public bool TryAdd(Hash256 message)
    {
        lock (_gate)
        {
            if (!_known.Add(message))
            {
                return false;
            }

            _order.Enqueue(message);
            if (_order.Count > Capacity)
            {
                _known.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
