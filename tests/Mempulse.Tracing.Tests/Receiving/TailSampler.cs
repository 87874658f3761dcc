namespace Mempulse.Tracing.Tests.Receiving;

/// <summary>A collector that decides about a trace 30 s after its first span.</summary>
/// <param name="time">The clock.</param>
/// <param name="forgets">True if it forgets a trace with the decision, so that later spans begin a new one; false if it drops them.</param>
internal sealed class TailSampler(TimeProvider time, bool forgets)
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, DateTimeOffset> _first = [];

    /// <summary>The spans that are in time, by trace and decision.</summary>
    public Dictionary<string, List<List<ReceivedSpan>>> Decisions { get; } = [];

    public bool Keep(ReceivedSpan span)
    {
        var now = time.GetUtcNow();
        if (!_first.TryGetValue(span.TraceId, out var first))
        {
            _first[span.TraceId] = now;
            Decisions[span.TraceId] = [[]];
        }
        else if (now - first > s_wait)
        {
            if (!forgets)
            {
                return false;
            }

            _first[span.TraceId] = now;
            Decisions[span.TraceId].Add([]);
        }

        Decisions[span.TraceId][^1].Add(span);
        return true;
    }
}
