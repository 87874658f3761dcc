using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Net.Playback;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Node;

/// <summary>The delay of every fact of a paced run, from its observation time in the log to its application by the fold.</summary>
internal static class NodeDelay
{
    /// <summary>Plays at the recorded pace.</summary>
    /// <returns>The delays in milliseconds, ascending.</returns>
    public static async Task<IReadOnlyList<double>> MeasureAsync(string directory, Func<CaptureReader> capture, long facts)
    {
        var clock = new PlaybackStart();
        var node = await NodeRun.StartAsync(directory, capture, PlaybackPace.Recorded, TransactionBodyDecoder.For(NodeRun.Chain), clock).ConfigureAwait(false);
        await using (node.ConfigureAwait(false))
        {
            using var stop = new CancellationTokenSource();
            var watching = WatchAsync(node, stop.Token);
            await node.WaitForAsync((ulong)facts, static _ => { }).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            return Delays(node, await watching.ConfigureAwait(false), clock.At);
        }
    }

    /// <summary>Times of application. They are read one thread switch late, so a delay is too long rather than too short.</summary>
    private static async Task<List<(GlobalSeq Applied, UnixNanoseconds At)>> WatchAsync(NodeRun node, CancellationToken cancellationToken)
    {
        var seen = new List<(GlobalSeq, UnixNanoseconds)>();
        var applied = node.Log.Progress.Applied;
        while (!cancellationToken.IsCancellationRequested)
        {
            applied = await node.Log.Progress.WaitAsync(applied.Next, cancellationToken).ConfigureAwait(false);
            seen.Add((applied, ObservationClock.Now(TimeProvider.System)));
        }

        return seen;
    }

    private static List<double> Delays(NodeRun node, List<(GlobalSeq Applied, UnixNanoseconds At)> seen, UnixNanoseconds started)
    {
        long late = 0; // how much later the lane's clock started than the recorded time of the first record
        var lane = LaneId.Of(PlaybackOptions.DefaultLaneName);
        var delays = new List<double>();
        int at = 0;
        using var scan = node.Log.Reader.Scan(new GlobalSeq(1));
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                while (seen[at].Applied < record.Seq)
                {
                    at++;
                }

                if (record.Lane == lane)
                {
                    late = delays.Count == 0 ? started.Value - record.Timestamp.Value : late;
                    delays.Add((seen[at].At.Value - record.Timestamp.Value - late) / 1e6);
                }
            }
        }

        delays.Sort();
        return delays;
    }

    /// <summary>The system clock. It remembers when playback first read it, which is where the pace begins.</summary>
    private sealed class PlaybackStart : TimeProvider
    {
        public UnixNanoseconds At { get; private set; }

        public override long GetTimestamp()
        {
            At = At == default ? ObservationClock.Now(System) : At;
            return base.GetTimestamp();
        }
    }
}
