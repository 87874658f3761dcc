using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Node;

/// <summary>When a node's fold had applied which position, so that the record was durable before. Read one thread switch late: a delay is too long rather than too short.</summary>
internal sealed class AppliedTimes
{
    private readonly List<(GlobalSeq Applied, UnixNanoseconds At)> _seen = [];
    private UnixNanoseconds? _last;
    private long _late; // how much later than recorded facts are played, in nanoseconds

    /// <summary>Watches a node until it is cancelled.</summary>
    public static async Task<AppliedTimes> WatchAsync(NodeRun node, CancellationToken cancellationToken)
    {
        var times = new AppliedTimes();
        var applied = node.Log.Progress.Applied;
        while (!cancellationToken.IsCancellationRequested)
        {
            applied = await node.Log.Progress.WaitAsync(applied.Next, cancellationToken).ConfigureAwait(false);
            times._seen.Add((applied, ObservationClock.Now(TimeProvider.System)));
        }

        return times;
    }

    /// <summary>Learns what the recorded times mean. To be called with each fact of the lane, in order, before its time is asked for.</summary>
    /// <param name="recorded">When it was seen, as the capture has it.</param>
    /// <param name="clock">Knows when the capture began to play, and when a held wait ended.</param>
    public void Align(UnixNanoseconds recorded, PlaybackStart clock)
    {
        if (_last is null)
        {
            _late = clock.At.Value - recorded.Value;
        }
        else if (clock.ReleasedAt is { } released && recorded.Value - _last.Value.Value >= PlaybackStart.LongWait.TotalNanoseconds)
        {
            _late = released.Value - recorded.Value;
        }

        _last = recorded;
    }

    /// <summary>The time from a recorded moment until a position was applied.</summary>
    /// <param name="position">The position.</param>
    /// <param name="recorded">The moment, as the capture has it.</param>
    public double MillisecondsUntil(GlobalSeq position, UnixNanoseconds recorded)
    {
        var (low, high) = (0, _seen.Count - 1);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _seen[middle].Applied < position ? (middle + 1, high) : (low, middle);
        }

        return (_seen[low].At.Value - recorded.Value - _late) / 1e6;
    }
}
