using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Node.Console;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Waiting;

namespace Mempulse.Api.Tests.Console;

/// <summary>What a person at the terminal reads: each change of a source once, the node's own enode once, and a line for each chain with its trouble.</summary>
public sealed class ConsoleLineTests
{
    private static readonly ChainId _chain = new(1);

    [Fact]
    public void A_change_of_a_source_is_one_line_and_the_same_state_none()
    {
        var lines = new SourceLines();
        var lost = Source("a", isConnected: false) with { Problem = "It closed." };

        Assert.Equal(["chain 1  source a is unavailable: Not connected yet."], lines.Changes(_chain, Report(Lane("rpc", Source("a", isConnected: false)))));
        Assert.Empty(lines.Changes(_chain, Report(Lane("rpc", Source("a", isConnected: false)))));
        Assert.Equal(["chain 1  source a is subscribed"], lines.Changes(_chain, Report(Lane("rpc", Source("a", isConnected: true) with { Reception = "subscription" }))));
        Assert.Equal(["chain 1  source a is unavailable: It closed."], lines.Changes(_chain, Report(Lane("rpc", lost), Lane("blocks", lost)))); // two lanes, one line
        Assert.Equal(["chain 1  source a is connected"], lines.Changes(_chain, Report(Lane("rpc", Source("a", isConnected: true)), Lane("blocks", lost))));
        Assert.Equal(["chain 1  source a offers no subscriptions: polling txpool"], lines.Changes(_chain, Report(Lane("rpc", Source("a", isConnected: true) with { Reception = "polling txpool" }), Lane("blocks", lost))));
        Assert.Equal(["chain 1  source a is unavailable: The capture has ended."], new SourceLines().Changes(_chain, Report(Lane("playback", Source("a", isConnected: false) with { LastLoss = "The capture has ended." }))));
        Assert.Equal(["chain 1  source a is unavailable: Refused."], new SourceLines().Changes(_chain, Report(Lane("rpc", Source("a", isConnected: false) with { Problem = "Refused.", LastLoss = "It closed." })))); // the current reason
        Assert.Equal(["chain 2  source a is unavailable: It closed."], lines.Changes(new ChainId(2), Report(Lane("rpc", lost)))); // each chain has its own
    }

    [Fact]
    public void The_enode_is_printed_once_and_only_when_it_listens()
    {
        var lines = new PeerLines();

        Assert.Empty(lines.Enodes(_chain, Report(Peers(string.Empty))));
        Assert.Equal(["chain 1  this node is enode://me"], lines.Enodes(_chain, Report(Peers("enode://me"))));
        Assert.Empty(lines.Enodes(_chain, Report(Peers("enode://me"))));
        Assert.Equal(["chain 2  this node is enode://me"], lines.Enodes(new ChainId(2), Report(Peers("enode://me"))));
        Assert.Equal(["chain 1  this node is enode://renewed"], lines.Enodes(_chain, Report(Peers("enode://renewed"))));
    }

    [Fact]
    public void The_summary_counts_peers_and_the_reasons_of_the_others_most_frequent_first()
    {
        Assert.Equal(string.Empty, PeerLines.Summary(Report(Lane("rpc", Source("a", isConnected: true)))));
        Assert.Equal("  peers 0", PeerLines.Summary(Report(Peers(string.Empty))));
        Assert.Equal(
            "  peers 1 (not connected: TooManyPeers 5, WrongGenesis 1)",
            PeerLines.Summary(Report(Lane("rpc", Source("a", isConnected: true)), Peers(string.Empty, Dial(DialFailureReason.WrongGenesis), Dial(DialFailureReason.Unknown), Dial(DialFailureReason.TooManyPeers)) with { Sources = [Source("p", isConnected: true), Source("q", isConnected: false)] })));
    }

    [Fact]
    public async Task A_chain_has_a_line_with_its_counts_and_its_trouble_and_one_that_does_not_answer_says_so()
    {
        var grains = new GrainAnswers();
        var status = new LogStatus { State = LogState.NoRoom, Detail = "no space", Watermark = new GlobalSeq(20) };
        grains.Set<ISequencerGrain>(nameof(ISequencerGrain.GetStatus), (key, _) => key == "2" ? throw new TimeoutException() : status);
        grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetStatus), new PoolStatus { Phase = FoldPhase.Following, Applied = new GlobalSeq(13), Watermark = new GlobalSeq(20), TxsByState = [0, 4, 5] });
        grains.Set<IIngestGrain>(nameof(IIngestGrain.Read), Report(Lane("rpc", Source("a", isConnected: false)) with { Drops = [new DropReport(DropReason.Oversize, 2), new DropReport(DropReason.QueueFull, 3)] }));
        using var output = new StringWriter { NewLine = "\n" };
        using var lines = new SummaryLines(grains.Factory, new SummaryTarget([_chain, new ChainId(2)], output), new SoonTime());

        await lines.StartAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => grains.Calls.Count(call => call.Key == "2") >= 6, "three rounds");
        await lines.StopAsync(TestContext.Current.CancellationToken);

        string[] printed = output.ToString().Split('\n');
        Assert.Equal("chain 1  source a is unavailable: Not connected yet.", printed[0]);
        Assert.Matches("^chain 1  seq 20 +0/s  Seen 4  Pending 5  Queued 0  .*  lag 7  drops 5  LOG NoRoom: no space$", printed[1]);
        Assert.Equal("chain 2: no answer in time", printed[2]);
        Assert.StartsWith("chain 1  seq 20 ", printed[3], StringComparison.Ordinal); // the source's line is not repeated
    }

    [Fact]
    public async Task A_rate_is_that_of_the_last_period_in_events_per_second()
    {
        var grains = new GrainAnswers();
        var time = new StepTime();
        ulong[] watermarks = [20, 40, 100];
        int look = 0;
        grains.Set<ISequencerGrain>(nameof(ISequencerGrain.GetStatus), (_, _) => new LogStatus { State = LogState.Writable, Watermark = new GlobalSeq(watermarks[Math.Min(look++, 2)]) });
        grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetStatus), new PoolStatus { Phase = FoldPhase.Following });
        grains.Set<IIngestGrain>(nameof(IIngestGrain.Read), Report());
        using var output = new StringWriter { NewLine = "\n" };
        using var lines = new SummaryLines(grains.Factory, new SummaryTarget([_chain], output), time);

        await lines.StartAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => grains.Calls.Count >= 12, "four rounds");
        await lines.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["0/s", "10/s", "30/s"], output.ToString().Split('\n').Take(3).Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries)[2].Trim())); // two seconds apart
    }

    private static NodeDials Dial(DialFailureReason reason) => new() { Name = "x", Enode = "enode://x", Kind = "Static", IsConnected = false, Reason = reason, Detail = string.Empty, Failures = 1, FailingSince = null, LastDial = null, NextDial = null, LastConnected = null };

    private static IngestReport[] Report(params LaneReport[] lanes) => [new() { Host = "node", Time = default, SenderRecovery = string.Empty, Lanes = lanes }];

    private static LaneReport Lane(string name, params SourceReport[] sources) => new() { Name = name, IsRunning = true, Sources = sources };

    private static LaneReport Peers(string enode, params NodeDials[] configured) => Lane("p2p") with
    {
        Peers = new PeerSearchReport { Enode = enode, Configured = configured, DiscoveredNodes = 0, DiscoveredFailures = configured.Length > 0 ? [new FailureCount(DialFailureReason.TooManyPeers, 4)] : [], DiscoveredSample = [], InboundFailures = [], InboundSample = [] },
    };

    private static SourceReport Source(string name, bool isConnected) => new(name, $"ws://{name}", isConnected, 0, 0, default, string.Empty);

    /// <summary>A clock whose periods are a thousandth.</summary>
    private sealed class StepTime : SoonTime
    {
        private long _now;

        public override long GetTimestamp() => Interlocked.Add(ref _now, 2 * TimestampFrequency);
    }

    private class SoonTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, dueTime / 1_000, period / 1_000);
    }
}
