using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Node;

/// <summary>When a node's fold had applied which position, so that the record was durable before. Read one thread switch late: a delay is too long rather than too short.</summary>
internal sealed class AppliedTimes
{
    private readonly List<(GlobalSeq Applied, UnixNanoseconds At)> _seen = [];
    private UnixNanoseconds? _first;

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

    /// <summary>The time from a recorded moment until a position was applied.</summary>
    /// <param name="position">The position.</param>
    /// <param name="recorded">The moment, as the capture has it. The first one that is asked for is that of the capture's first record.</param>
    /// <param name="clock">Knows when the capture began to play.</param>
    public double MillisecondsUntil(GlobalSeq position, UnixNanoseconds recorded, PlaybackStart clock)
    {
        _first ??= recorded;
        var (low, high) = (0, _seen.Count - 1);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _seen[middle].Applied < position ? (middle + 1, high) : (low, middle);
        }

        long late = clock.At.Value - _first.Value.Value + clock.HeldNanoseconds; // how much later the lane's clock started than the recorded time of its first record
        return (_seen[low].At.Value - recorded.Value - late) / 1e6;
    }
}
