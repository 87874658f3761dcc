using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>The status of a source has the reason of the last attempt; the log has each reason of an outage once.</summary>
public sealed class OutageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_reason_is_that_of_the_last_attempt_and_each_reason_is_recorded_once()
    {
        await using var node = new ScriptedNode();
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node.Address);
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => StateOf(lane) == ("subscription", "", default), "subscribed");

        // Another chain on the same port, and then a node that refuses us, in turns.
        foreach (int _ in Enumerable.Range(0, 3))
        {
            node.Script = NodeScript.Honest.With("eth_chainId", new NodeReply.Result("\"0x5\""));
            node.CutAll();
            await Until.TrueAsync(() => Source(lane).Problem.Contains("serves chain 5", StringComparison.Ordinal), "another chain");
            node.Script = NodeScript.Honest.With("eth_chainId", new NodeReply.Refusal(-32001, "not whitelisted"));
            await Until.TrueAsync(() => Source(lane).Problem.Contains("refused eth_chainId", StringComparison.Ordinal), "a refusal");
        }

        var outage = Source(lane);
        var since = outage.ProblemSince;
        await Until.TrueAsync(() => Source(lane).LastTry > outage.LastTry, "another attempt");
        Assert.Equal((since, 1L), (Source(lane).ProblemSince, Source(lane).LostCount));
        node.Script = NodeScript.Honest;
        await Until.TrueAsync(() => StateOf(lane) == ("subscription", "", default), "connected again");
        await lane.StopAsync(Cancelled);

        var reasons = sink.Events().OfType<LogEvent.SourceLost>().Select(lost => lost.Reason).ToList();
        Assert.Equal(SourceLossReason.Shutdown, reasons[^1]);
        Assert.Equal([SourceLossReason.Closed, SourceLossReason.WrongChain, SourceLossReason.Refused], reasons[..^1]);
    }

    [Fact]
    public async Task In_a_second_outage_the_same_reasons_are_recorded_again()
    {
        await using var node = new ScriptedNode();
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node.Address);
        await lane.StartAsync(Cancelled);
        for (int outage = 1; outage <= 2; outage++)
        {
            await Until.TrueAsync(() => StateOf(lane) == ("subscription", "", default), "subscribed");
            node.Script = NodeScript.Honest.With("eth_chainId", new NodeReply.Result("\"0x5\""));
            node.CutAll();
            await Until.TrueAsync(() => Source(lane).Problem.Contains("serves chain 5", StringComparison.Ordinal), "another chain");
            Assert.Equal(outage, Source(lane).LostCount);
            node.Script = NodeScript.Honest;
        }

        await Until.TrueAsync(() => StateOf(lane) == ("subscription", "", default), "connected again");
        await lane.StopAsync(Cancelled);
        Assert.Equal(
            [SourceLossReason.Closed, SourceLossReason.WrongChain, SourceLossReason.Closed, SourceLossReason.WrongChain, SourceLossReason.Shutdown],
            sink.Events().OfType<LogEvent.SourceLost>().Select(static lost => lost.Reason));
    }

    [Theory]
    [InlineData("ws://127.0.0.1:1", "Cannot connect: the connection was refused.")]
    [InlineData("http://127.0.0.1:1", "Cannot connect: the connection was refused.")]
    [InlineData("ws://name.invalid:1", "Cannot connect: the host name cannot be resolved.")]
    public async Task A_source_that_cannot_be_reached_reports_why_in_plain_words(string address, string problem)
    {
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, address);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => Source(lane).Problem.Length > 0, "a reason");
        await lane.StopAsync(Cancelled);

        Assert.Equal(problem, Source(lane).Problem);
        Assert.NotEqual(default, Source(lane).LastTry);
        Assert.Equal(SourceLossReason.ConnectFailed, Assert.Single(sink.Events().OfType<LogEvent.SourceLost>()).Reason);
    }

    private static SourceStatus Source(RpcLane lane) => lane.ReadStatus().Sources[0];

    private static (string Reception, string Problem, UnixNanoseconds Since) StateOf(RpcLane lane) =>
        (Source(lane).Reception, Source(lane).Problem, Source(lane).ProblemSince);

    private static RpcLane NewLane(RecordingSink sink, string address) => new(
        new RpcLaneOptions
        {
            Chain = new ChainId(1),
            Endpoints = [RpcEndpoint.Parse("node", address)],
            ReconcileInterval = TimeSpan.Zero,
            Connection = new RpcConnectionOptions
            {
                CallRetries = 0,
                MinReconnectDelay = TimeSpan.FromMilliseconds(10),
                MaxReconnectDelay = TimeSpan.FromMilliseconds(50),
            },
        },
        new DecodedBodies(1 << 10),
        sink,
        TimeProvider.System);
}
