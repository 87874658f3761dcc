using Mempulse.Net.Captures;
using Mempulse.Net.Decoding;
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
            var watching = AppliedTimes.WatchAsync(node, stop.Token);
            await node.WaitForAsync((ulong)facts, static _ => { }).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            return Delays(node, await watching.ConfigureAwait(false), clock);
        }
    }

    private static List<double> Delays(NodeRun node, AppliedTimes applied, PlaybackStart clock)
    {
        var lane = LaneId.Of(PlaybackOptions.DefaultLaneName);
        var delays = new List<double>();
        using var scan = node.Log.Reader.Scan(new GlobalSeq(1));
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                if (record.Lane == lane)
                {
                    applied.Align(record.Timestamp, clock);
                    delays.Add(applied.MillisecondsUntil(record.Seq, record.Timestamp));
                }
            }
        }

        delays.Sort();
        return delays;
    }
}
