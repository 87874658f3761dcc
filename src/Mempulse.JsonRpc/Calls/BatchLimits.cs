using System.Collections.Concurrent;

namespace Mempulse.JsonRpc.Calls;

/// <summary>What a node accepts in a batch, as its refusals showed: the number of calls, and the methods it takes only as single calls.</summary>
/// <remarks>
/// A node's operator may change its limits, so each is tried again after <see cref="TrialInterval"/>: the batch size by doubling. Methods come from our own
/// code, so their number is bounded. Safe for any thread.
/// </remarks>
internal sealed class BatchLimits(TimeProvider time)
{
    /// <summary>Calls per batch of a node that has refused none. The lowest limit of a known node is 100.</summary>
    internal const int MaxCalls = 64;

    /// <summary>Time after which a limit is tried again.</summary>
    internal static readonly TimeSpan TrialInterval = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, long> _aloneOnly = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _calls = MaxCalls;
    private long _since = time.GetTimestamp();

    /// <summary>The number of calls to send in one batch; 1 if the node takes no batches.</summary>
    public int Calls
    {
        get
        {
            lock (_gate)
            {
                if (_calls < MaxCalls && time.GetElapsedTime(_since) >= TrialInterval)
                {
                    _calls = Math.Min(_calls * 2, MaxCalls);
                    _since = time.GetTimestamp();
                }

                return _calls;
            }
        }
    }

    /// <summary>Notes that a batch of <paramref name="calls"/> calls is too large.</summary>
    public void TooLarge(int calls)
    {
        lock (_gate)
        {
            _calls = Math.Min(_calls, Math.Max(calls / 2, 1));
            _since = time.GetTimestamp();
        }
    }

    /// <summary>Notes that the node takes no batches.</summary>
    public void NoBatches() => TooLarge(calls: 1);

    /// <summary>Notes that the node takes a method only as a single call.</summary>
    public void AloneOnly(string method) => _aloneOnly[method] = time.GetTimestamp();

    /// <summary>True if a method is sent as a single call.</summary>
    public bool IsAloneOnly(string method) => IsRecent(_aloneOnly, method);

    /// <summary>Notes that the node refuses a method as a single call too.</summary>
    public void Refused(string method) => _refused[method] = time.GetTimestamp();

    /// <summary>True if single calls of a method are known to be refused.</summary>
    public bool IsRefused(string method) => IsRecent(_refused, method);

    private bool IsRecent(ConcurrentDictionary<string, long> notes, string method)
    {
        if (!notes.TryGetValue(method, out long since))
        {
            return false;
        }

        if (time.GetElapsedTime(since) < TrialInterval)
        {
            return true;
        }

        notes.TryRemove(method, out _);
        return false;
    }
}
