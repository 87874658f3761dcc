using System.Diagnostics;
using System.Globalization;
using Mempulse.Benchmarks.Net;
using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Devp2p;

/// <summary>The lane from a message's payload to the appended record, with simulated peers that announce and deliver signed transactions.</summary>
/// <remarks>Messages are decompressed and decoded as in a session. Sockets and frames are not included; see <see cref="WireFigures"/>.</remarks>
internal static class LaneFigures
{
    private const int Peers = 100;
    private const int AnnouncementsPerSecond = 25;
    private const int Minutes = 10;
    private const int Overlap = 10; // each transaction is announced by ten peers: nine of ten announcements are known
    private const int PacedSeconds = 20;
    private const int HashesPerMessage = 4;
    private const double LatencyGoalMilliseconds = 2;
    private const double PeakGoal = 250_000;
    private const int PeakSightings = 5_000_000;
    private const int PeakTxs = 2_000;

    public static void Print(TextWriter output)
    {
        int announcements = Peers * AnnouncementsPerSecond * Minutes * 60;
        var transactions = AnnouncedTx.Make(announcements / Overlap);
        output.WriteLine(Text($"p2p, the lane: {Peers} peers, {AnnouncementsPerSecond} announcements/s each, {announcements:N0} in all, {transactions.Count:N0} transactions"));
        output.WriteLine(SustainAsync(transactions).GetAwaiter().GetResult());
        output.WriteLine(PaceAsync(transactions).GetAwaiter().GetResult());
        output.WriteLine(PeakAsync(transactions[..PeakTxs]).GetAwaiter().GetResult());
    }

    /// <summary>All messages of ten minutes, as fast as they are taken without a drop; the processor time is that of ten minutes.</summary>
    private static async Task<string> SustainAsync(IReadOnlyList<AnnouncedTx> transactions)
    {
        await using var run = await LaneRun.StartAsync(Peers, transactions).ConfigureAwait(false);
        var before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await run.AnnounceAllAsync(HashesPerMessage, Overlap, messagesPerSecond: 0).ConfigureAwait(false);
        var status = await run.StopAsync().ConfigureAwait(false);
        var used = Environment.CpuUsage.TotalTime - before;
        double cores = used.TotalSeconds / (Minutes * 60);
        return Text(
            $"  ten minutes' messages: {used.TotalSeconds,6:F1} s of processor in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s = {cores:F3} cores at pace, {1 / cores:F1} of goal; {status.AppendedCount:N0} records, {status.DecodedCount:N0} bodies, {Dropped(status):N0} dropped");
    }

    /// <summary>At the real pace: the time from a message's arrival to the request for its new bodies.</summary>
    private static async Task<string> PaceAsync(IReadOnlyList<AnnouncedTx> transactions)
    {
        int count = Peers * AnnouncementsPerSecond * PacedSeconds / Overlap;
        await using var run = await LaneRun.StartAsync(Peers, [.. transactions.Take(count)]).ConfigureAwait(false);
        await run.AnnounceAllAsync(HashesPerMessage, Overlap, Peers * AnnouncementsPerSecond / HashesPerMessage).ConfigureAwait(false);
        var status = await run.StopAsync().ConfigureAwait(false);
        var waits = run.TakeRequestDelays();
        double p99 = waits[waits.Count * 99 / 100].TotalMilliseconds;
        return Text(
            $"  arrival to body request, {PacedSeconds} s at pace, {waits.Count:N0} requests: p50 {waits[waits.Count / 2].TotalMicroseconds:F0} us, p99 {p99 * 1000:F0} us, longest {waits[^1].TotalMilliseconds:F2} ms, {LatencyGoalMilliseconds / p99:F1} of goal; {Dropped(status):N0} dropped");
    }

    /// <summary>Known hashes announced as fast as they are taken: decode, record, append-side encode.</summary>
    private static async Task<string> PeakAsync(IReadOnlyList<AnnouncedTx> transactions)
    {
        await using var run = await LaneRun.StartAsync(Peers, transactions).ConfigureAwait(false);
        await run.AnnounceAllAsync(HashesPerMessage, overlap: 1, messagesPerSecond: 0).ConfigureAwait(false);
        var before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await run.AnnounceAllAsync(hashesPerMessage: 64, PeakSightings / transactions.Count, messagesPerSecond: 0).ConfigureAwait(false);
        var status = await run.StopAsync().ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double rate = PeakSightings / seconds;
        double cores = (Environment.CpuUsage.TotalTime - before).TotalSeconds / seconds;
        return Text($"  peak: {rate:N0} sightings/s on {cores:F2} cores, {rate / PeakGoal:F1} of goal; {Dropped(status):N0} dropped, {status.AppendedCount:N0} appended");
    }

    private static long Dropped(LaneStatus status) => status.Drops.Sum(static drop => drop.Count);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A lane over simulated peers, and its driver.</summary>
    private sealed class LaneRun : IAsyncDisposable
    {
        private const int FullestQueue = 8_192;

        private readonly MemorySink _sink = new();
        private readonly MadeNetwork _network;
        private readonly PeerLane _lane;
        private readonly IReadOnlyList<AnnouncedTx> _transactions;

        private LaneRun(IReadOnlyList<AnnouncedTx> transactions)
        {
            _network = new MadeNetwork(transactions);
            _transactions = transactions;
            _lane = new PeerLane(new PeerLaneOptions { Chain = new ChainId(1) }, new DecodedBodies(IngestPipelineOptions.DefaultRecentBodies), _network, _sink, TimeProvider.System);
        }

        public static async Task<LaneRun> StartAsync(int peers, IReadOnlyList<AnnouncedTx> transactions)
        {
            var run = new LaneRun(transactions);
            await run._lane.StartAsync(CancellationToken.None).ConfigureAwait(false);
            run._network.Connect(peers);
            return run;
        }

        /// <summary>Announces each transaction by several peers, in waves of messages; at 0 messages per second, as fast as the queue accepts them.</summary>
        public async Task AnnounceAllAsync(int hashesPerMessage, int overlap, int messagesPerSecond)
        {
            long start = Stopwatch.GetTimestamp();
            long sent = 0;
            for (int first = 0; first < _transactions.Count; first += hashesPerMessage)
            {
                int count = Math.Min(hashesPerMessage, _transactions.Count - first);
                byte[] payload = _network.Encode(_transactions, first, count);
                for (int copy = 0; copy < overlap; copy++)
                {
                    if (messagesPerSecond > 0)
                    {
                        await WaitUntilAsync(start, TimeSpan.FromSeconds(sent / (double)messagesPerSecond)).ConfigureAwait(false);
                    }
                    else if (sent % 64 == 0)
                    {
                        await WaitForRoomAsync().ConfigureAwait(false);
                    }

                    _network.Receive((int)(sent++ % _network.Peers.Count), payload);
                }
            }
        }

        public async Task<LaneStatus> StopAsync()
        {
            while (_network.HasOpenRequests)
            {
                await Task.Yield();
            }

            await _lane.StopAsync(CancellationToken.None).ConfigureAwait(false);
            return _lane.ReadStatus();
        }

        /// <summary>Times from a message's arrival to each request it caused, ascending.</summary>
        public IReadOnlyList<TimeSpan> TakeRequestDelays() => _network.TakeRequestDelays();

        public async ValueTask DisposeAsync()
        {
            await _lane.DisposeAsync().ConfigureAwait(false);
            await _network.DisposeAsync().ConfigureAwait(false);
        }

        private async ValueTask WaitForRoomAsync()
        {
            while (_lane.ReadStatus().QueueDepth > FullestQueue)
            {
                await _sink.WaitForAppendAsync().ConfigureAwait(false);
            }
        }

        private static async ValueTask WaitUntilAsync(long start, TimeSpan due)
        {
            var wait = due - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait).ConfigureAwait(false);
            }
        }
    }
}
