using Mempulse.Devp2p.Eth;

namespace Mempulse.Devp2p.Sessions;

/// <summary>The requests to one peer that wait for a response.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PendingRequests(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, (Type Answer, TaskCompletionSource<EthMessage.Exchange?> Source)> _waiting = [];
    private ulong _lastId;
    private bool _isClosed;

    /// <summary>Registers a request; null when the limit is reached or the peer is gone.</summary>
    public (ulong Id, Task<EthMessage.Exchange?> Answer)? TryAdd(Type answer)
    {
        lock (_gate)
        {
            if (_isClosed || _waiting.Count >= capacity)
            {
                return null;
            }

            ulong id = ++_lastId;
            var source = new TaskCompletionSource<EthMessage.Exchange?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting[id] = (answer, source);
            return (id, source.Task);
        }
    }

    /// <summary>Completes the matching request; false when the id is unknown or the type of the response differs.</summary>
    public bool TryComplete(EthMessage.Exchange answer)
    {
        lock (_gate)
        {
            return _waiting.TryGetValue(answer.RequestId, out var entry)
                && entry.Answer == answer.GetType()
                && _waiting.Remove(answer.RequestId)
                && entry.Source.TrySetResult(answer);
        }
    }

    /// <summary>Removes a request that is no longer waited for.</summary>
    public void Forget(ulong id)
    {
        lock (_gate)
        {
            _waiting.Remove(id);
        }
    }

    /// <summary>Completes all pending requests with null: the peer is gone.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (var (_, source) in _waiting.Values)
            {
                source.TrySetResult(null);
            }

            _waiting.Clear();
        }
    }
}
