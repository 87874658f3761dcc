using System.Net.WebSockets;
using CsCheck;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Hostile;

/// <summary>Whatever a node sends, the result is a recorded drop or a lost source, and the lane survives: it reconnects afterwards.</summary>
public sealed class HostileNodeTests
{
    private static readonly Hash256 s_hash = Hash256.Parse(new string('a', 64));

    /// <summary>Silence after which a source is lost, in tests that wait for it; elsewhere a loaded machine must not cause it.</summary>
    private static readonly TimeSpan s_brief = TimeSpan.FromMilliseconds(500);

    /// <summary>A silence that no test reaches.</summary>
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Garbage_loses_the_source() => await LosesAndReconnectsAsync(
        static wire => wire.TextAsync("}{ this is not JSON"), SourceLossReason.ProtocolViolation);

    [Fact]
    public async Task A_message_over_the_limit_loses_the_source() => await LosesAndReconnectsAsync(
        static wire => wire.TextAsync(ScriptedNode.Notification($"\"{new string('x', 40_000)}\"")), SourceLossReason.ProtocolViolation);

    [Fact]
    public async Task Half_a_message_loses_the_source() => await LosesAndReconnectsAsync(
        static wire => wire.MessageAsync("{\"jsonrpc\":"u8.ToArray(), WebSocketMessageType.Text, isEnd: false),
        s_brief,
        SourceLossReason.ProtocolViolation,
        SourceLossReason.Closed,
        SourceLossReason.Silent);

    [Fact]
    public async Task A_cut_connection_loses_the_source() => await LosesAndReconnectsAsync(
        static wire =>
        {
            wire.Cut();
            return Task.CompletedTask;
        },
        SourceLossReason.Closed);

    [Fact]
    public async Task Bytes_that_are_not_a_frame_lose_the_source() => await LosesAndReconnectsAsync(
        static wire => wire.BytesAsync([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), SourceLossReason.Closed);

    [Theory]
    [InlineData("8800", true)]
    [InlineData("8800", false)]
    [InlineData("880203e8", true)]
    [InlineData("880103", true)]
    [InlineData("8802ffff", true)]
    [InlineData("0800", true)]
    public async Task A_close_frame_of_any_kind_loses_the_source_immediately(string frame, bool isCut) => await LosesAndReconnectsAsync(
        async wire =>
        {
            await wire.BytesAsync(Convert.FromHexString(frame));
            if (isCut)
            {
                wire.Cut();
            }
        },
        s_hour,
        SourceLossReason.Closed,
        SourceLossReason.ProtocolViolation);

    [Fact]
    public async Task A_node_that_accepts_connections_and_stays_silent_is_lost()
    {
        await using var node = new ScriptedNode { ShakesHands = false };
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceLost>().Any(), "lost");

        Assert.Contains(sink.Events().OfType<LogEvent.SourceLost>().First().Reason, new[] { SourceLossReason.ConnectFailed, SourceLossReason.Silent });
        await lane.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_node_that_falls_silent_is_lost_and_a_quiet_chain_is_not()
    {
        bool isSilent = false;
        int probes = 0;
        await using var node = new ScriptedNode();
        node.Result = (method, _) =>
        {
            probes += method == "eth_blockNumber" ? 1 : 0;
            return Volatile.Read(ref isSilent) ? null : ScriptedNode.Honest(method);
        };
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node, TimeSpan.FromSeconds(2));
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => Volatile.Read(ref probes) > 2, "a quiet chain is polled");
        Assert.Empty(sink.Events().OfType<LogEvent.SourceLost>());
        Volatile.Write(ref isSilent, true);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceLost>().Any(), "lost");
        Assert.Equal(SourceLossReason.Silent, sink.Events().OfType<LogEvent.SourceLost>().First().Reason);
        await lane.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Malformed_notifications_are_dropped_and_counted_individually()
    {
        await using var node = new ScriptedNode
        {
            AfterSubscribe = static async (_, wire) =>
            {
                foreach (string result in new[] { "7", "null", "\"0x12\"", "{}", "{\"hash\":5}", "[[]]" })
                {
                    await wire.TextAsync(ScriptedNode.Notification(result));
                }

                await wire.TextAsync(ScriptedNode.Notification($"\"{s_hash}\""));
            },
        };
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxSeen>().Any(), "the valid one");
        await lane.StopAsync(Cancelled);

        Assert.Equal(6UL, CountOf(sink, DropReason.InvalidProtocol));
        Assert.Single(sink.Events().OfType<LogEvent.SourceLost>());
    }

    [Fact]
    public async Task A_body_that_no_source_has_is_dropped_as_unavailable()
    {
        int asked = 0;
        await using var node = new ScriptedNode
        {
            Result = (method, _) =>
            {
                asked += method == "eth_getRawTransactionByHash" ? 1 : 0;
                return ScriptedNode.Honest(method);
            },
            AfterSubscribe = static (_, wire) => wire.TextAsync(ScriptedNode.Notification($"\"{s_hash}\"")),
        };
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => CountOf(sink, DropReason.BodyUnavailable) == 1, "the drop");

        Assert.Equal(3, asked);
        await lane.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_body_that_was_not_requested_is_dropped_with_its_bytes()
    {
        await using var node = new ScriptedNode
        {
            Result = static (method, _) => method == "eth_getRawTransactionByHash" ? "\"0x7fc0ffee\"" : ScriptedNode.Honest(method),
            AfterSubscribe = static (_, wire) => wire.TextAsync(ScriptedNode.Notification($"\"{s_hash}\"")),
        };
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxIngestDropped>().Any(), "the drop");

        var drop = sink.Events().OfType<LogEvent.TxIngestDropped>().First();
        Assert.Equal((DropReason.DecodeFail, s_hash), (drop.Reason, drop.First));
        Assert.Equal(new byte[] { 0x7f, 0xc0, 0xff, 0xee }, drop.Raw.ToArray());
        await lane.StopAsync(Cancelled);
    }

    [Fact]
    public async Task The_lane_survives_any_frames()
    {
        var frames = Gen.Select(Gen.Byte.Array[0, 200], Gen.Bool, Gen.Bool).Array[0, 6];
        await frames.SampleAsync(
            async sent =>
            {
                await using var node = new ScriptedNode
                {
                    AfterSubscribe = async (round, wire) =>
                    {
                        foreach (var (bytes, isText, isBare) in round == 1 ? sent : [])
                        {
                            await (isBare ? wire.BytesAsync(bytes) : wire.MessageAsync(bytes, isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary));
                        }

                        wire.Cut();
                    },
                };
                var sink = new RecordingSink();
                await using var lane = NewLane(sink, node, s_hour);
                await lane.StartAsync(Cancelled);

                await Until.TrueAsync(() => node.Subscriptions >= 2, "the source is retried");

                Assert.False(lane.Completion.IsCompleted);
                await lane.StopAsync(Cancelled);
            },
            iter: 40,
            threads: 1);
    }

    [Fact]
    public async Task No_event_contains_a_key_or_a_password()
    {
        await using var node = new ScriptedNode();
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node);
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceConnected>().Any(), "connected");
        await node.StopAsync();
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceLost>().Any(), "lost");
        await lane.StopAsync(Cancelled);

        string all = string.Join('\n', [.. sink.Events(), lane.ReadStatus(), .. lane.ReadStatus().Sources]);

        Assert.DoesNotContain("secret", all, StringComparison.Ordinal);
        Assert.DoesNotContain("key-in-path", all, StringComparison.Ordinal);
    }

    private static Task LosesAndReconnectsAsync(Func<NodeWire, Task> misbehave, SourceLossReason reason) =>
        LosesAndReconnectsAsync(misbehave, s_long, reason);

    private static async Task LosesAndReconnectsAsync(Func<NodeWire, Task> misbehave, TimeSpan silenceLimit, params SourceLossReason[] reasons)
    {
        await using var node = new ScriptedNode
        {
            AfterSubscribe = (round, wire) => round == 1 ? misbehave(wire) : wire.TextAsync(ScriptedNode.Notification($"\"{s_hash}\"")),
        };
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node, silenceLimit);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxSeen>().Any(seen => seen.Hash == s_hash), "a sighting after the reconnect");
        await lane.StopAsync(Cancelled);

        Assert.Contains(sink.Events().OfType<LogEvent.SourceLost>().First().Reason, reasons);
        Assert.True(sink.Events().OfType<LogEvent.SourceConnected>().Count() >= 2);
    }

    private static ulong CountOf(RecordingSink sink, DropReason reason) =>
        sink.Events().OfType<LogEvent.TxIngestDropped>().Where(drop => drop.Reason == reason).Aggregate(0UL, (sum, drop) => sum + drop.Count);

    private static RpcLane NewLane(RecordingSink sink, ScriptedNode node) => NewLane(sink, node, s_long);

    private static RpcLane NewLane(RecordingSink sink, ScriptedNode node, TimeSpan silenceLimit) => new(
        new RpcLaneOptions
        {
            Chain = new ChainId(1),
            Endpoints = [RpcEndpoint.Parse("hostile", node.Address)],
            ReconcileInterval = TimeSpan.Zero,
            BodyAttempts = 3,
            BodyRetryDelay = TimeSpan.FromMilliseconds(10),
            Pipeline = new IngestPipelineOptions { DropWindow = TimeSpan.FromMilliseconds(20), RecentBodies = 64 },
            Connection = new RpcConnectionOptions
            {
                MaxMessageBytes = 16_384,
                CallRetries = 0,
                CallTimeout = TimeSpan.FromSeconds(2),
                SilenceLimit = silenceLimit,
                MinReconnectDelay = TimeSpan.FromMilliseconds(10),
                MaxReconnectDelay = TimeSpan.FromMilliseconds(50),
            },
        },
        new DecodedBodies(1 << 10),
        sink,
        TimeProvider.System);
}
