using Mempulse.Devp2p.Eth;

namespace Mempulse.Devp2p.Sessions;

/// <summary>Questions to one peer that wait for their answers.</summary>
/// <remarks>Safe for any number of threads.</remarks>
internal sealed class PendingRequests(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, (Type Answer, TaskCompletionSource<EthMessage.Exchange?> Source)> _waiting = [];
    private ulong _lastId;
    private bool _isClosed;

    /// <summary>Registers a question; null when there are too many, or the peer is gone.</summary>
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

    /// <summary>Gives an answer to whoever asked; false when nobody did, or asked something else.</summary>
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

    /// <summary>Nobody waits for this one any more.</summary>
    public void Forget(ulong id)
    {
        lock (_gate)
        {
            _waiting.Remove(id);
        }
    }

    /// <summary>The peer is gone: all who wait are told so, with null.</summary>
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
