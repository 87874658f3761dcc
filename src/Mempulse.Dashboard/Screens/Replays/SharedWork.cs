using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Replays;

/// <summary>Work over ranges of the log that takes longer than a tick: all viewers of a range share one request, and each tick returns what is known. Safe for any thread.</summary>
/// <typeparam name="TAnswer">What the node answers.</typeparam>
/// <param name="ask">Asks the node; the answer may be that the work goes on.</param>
/// <param name="isFinal">True for an answer that stays.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedWork<TAnswer>(Func<GlobalSeq, GlobalSeq, Task<TAnswer>> ask, Func<TAnswer, bool> isFinal, TimeProvider time)
    where TAnswer : class
{
    /// <summary>Ranges whose answers are kept.</summary>
    private const int MaxRanges = 16;

    /// <summary>How long a tick waits, so that short work is shown at once.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(250);

    private readonly Lock _sync = new();
    private readonly Dictionary<(GlobalSeq First, GlobalSeq Last), Task<TAnswer>> _calls = [];
    private readonly Dictionary<(GlobalSeq First, GlobalSeq Last), TAnswer> _known = [];
    private readonly Queue<(GlobalSeq First, GlobalSeq Last)> _order = new();

    /// <summary>Returns the latest answer for a range; null as long as it has no answer.</summary>
    public async Task<TAnswer?> ReadAsync(GlobalSeq first, GlobalSeq last)
    {
        var range = (first, last);
        Task<TAnswer> call;
        TAnswer? known;
        lock (_sync)
        {
            known = _known.GetValueOrDefault(range);
            if (known is not null && isFinal(known))
            {
                return known;
            }

            call = CallFor(range);
        }

        await Task.WhenAny(call, Task.Delay(_patience, time)).ConfigureAwait(false);
        if (!call.IsCompleted)
        {
            return known;
        }

        var answer = await call.ConfigureAwait(false);
        lock (_sync)
        {
            if (_known.TryGetValue(range, out var ended) && isFinal(ended))
            {
                return ended;
            }

            if (_calls.ContainsKey(range))
            {
                _known[range] = answer;
            }
        }

        return answer;
    }

    /// <summary>Ends the work over a range, if it goes on, with an answer that stays. It is not asked for again until it is forgotten.</summary>
    public void End(GlobalSeq first, GlobalSeq last, TAnswer answer)
    {
        lock (_sync)
        {
            if (_calls.ContainsKey((first, last)) && !(_known.TryGetValue((first, last), out var known) && isFinal(known)))
            {
                _known[(first, last)] = answer;
            }
        }
    }

    /// <summary>Forgets a range, so that it is asked for again.</summary>
    public void Forget(GlobalSeq first, GlobalSeq last)
    {
        lock (_sync)
        {
            _known.Remove((first, last));
        }
    }

    private Task<TAnswer> CallFor((GlobalSeq First, GlobalSeq Last) range)
    {
        if (_calls.TryGetValue(range, out var call) && !call.IsCompleted)
        {
            return call;
        }

        if (call is null)
        {
            _order.Enqueue(range);
        }

        while (_order.Count > MaxRanges)
        {
            var oldest = _order.Dequeue();
            _calls.Remove(oldest);
            _known.Remove(oldest);
        }

        return _calls[range] = ask(range.First, range.Last);
    }
}
