using System.Collections.Concurrent;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Sources;

/// <summary>How a source is tried again, and when it counts as silent, on a clock that the test moves.</summary>
public sealed class SourceLoopTests
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pauses_between_attempts_double_up_to_the_longest_and_one_outage_is_one_loss()
    {
        var time = new NotedTime();
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, "http://127.0.0.1:1", time, TimeSpan.FromSeconds(30));
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(
            () =>
            {
                time.Advance(s_longest);
                return time.Pauses.Count >= 6;
            },
            "six attempts",
            limitSeconds: 60);

        Assert.Equal([0.5, 1, 2, 3, 3, 3], time.Pauses.Take(6).Select(static pause => pause.TotalSeconds));
        Assert.Equal(1, lane.ReadStatus().Sources[0].LostCount);
        Assert.Single(sink.Events().OfType<LogEvent.SourceLost>());
        await lane.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_source_is_asked_when_it_was_quiet_for_a_third_of_the_limit_and_lost_when_it_stays_silent_for_the_rest()
    {
        var time = new NotedTime();
        bool isSilent = false;
        await using var node = new ScriptedNode { Result = (method, _) => Volatile.Read(ref isSilent) ? null : ScriptedNode.Honest(method) };
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, node.Address, time, TimeSpan.FromSeconds(30));
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => lane.ReadStatus().Sources[0].Reception == "subscription", "subscribed", limitSeconds: 60);
        for (int probes = 1; probes <= 3; probes++)
        {
            int expected = probes;
            await Until.TrueAsync(
                () =>
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    return node.CallsTo("eth_blockNumber") >= expected;
                },
                "a probe",
                limitSeconds: 60);
        }

        Assert.Empty(sink.Events().OfType<LogEvent.SourceLost>());
        Volatile.Write(ref isSilent, true);
        await Until.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(250));
                return sink.Events().OfType<LogEvent.SourceLost>().Any();
            },
            "lost",
            limitSeconds: 60);

        Assert.Equal(SourceLossReason.Silent, sink.Events().OfType<LogEvent.SourceLost>().First().Reason);
        Assert.Contains(TimeSpan.FromSeconds(20), time.All); // a probe has two thirds of the limit
        await lane.StopAsync(Cancelled);
    }

    [Theory]
    [InlineData(-32005, "rate limit exceeded", SourceLossReason.ProtocolViolation)]
    [InlineData(-32000, "server is busy", SourceLossReason.ProtocolViolation)]
    public async Task A_subscription_that_is_refused_for_now_is_no_reason_to_poll(int code, string message, SourceLossReason reason)
    {
        await using var node = new ScriptedNode
        {
            Script = new NodeScript { Rules = [new NodeRule("eth_subscribe", new NodeReply.Refusal(code, message)) { LastCall = 2 }] },
        };
        var sink = new RecordingSink();
        var time = new NotedTime();
        await using var lane = NewLane(sink, node.Address, time, TimeSpan.FromHours(1));
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(
            () =>
            {
                time.Advance(s_first);
                return lane.ReadStatus().Sources[0].Reception.Length > 0;
            },
            "received",
            limitSeconds: 60);

        Assert.Equal("subscription", lane.ReadStatus().Sources[0].Reception);
        Assert.Equal(0, node.CallsTo("eth_newPendingTransactionFilter"));
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceLost>().Count() >= 2, "both on record", limitSeconds: 60);
        Assert.All(sink.Events().OfType<LogEvent.SourceLost>(), lost => Assert.Equal(reason, lost.Reason));
        await lane.StopAsync(Cancelled);
    }

    private static RpcLane NewLane(RecordingSink sink, string address, TimeProvider time, TimeSpan silenceLimit) => new(
        new RpcLaneOptions
        {
            Chain = new ChainId(1),
            Endpoints = [RpcEndpoint.Parse("node", address)],
            ReconcileInterval = TimeSpan.Zero,
            Pipeline = new IngestPipelineOptions { MinBatchEvents = 1 },
            Connection = new RpcConnectionOptions { CallRetries = 0, CallTimeout = TimeSpan.FromDays(1), SilenceLimit = silenceLimit, MinReconnectDelay = s_first, MaxReconnectDelay = s_longest },
        },
        new DecodedBodies(1 << 10),
        sink,
        time);

    /// <summary>A clock that the test moves, which notes the pauses between attempts.</summary>
    private sealed class NotedTime : FakeTimeProvider
    {
        public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

        /// <summary>What every timer was set to.</summary>
        public ConcurrentQueue<TimeSpan> All { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            All.Enqueue(dueTime);
            if (dueTime >= s_first && dueTime <= s_longest && period == Timeout.InfiniteTimeSpan)
            {
                Pauses.Enqueue(dueTime);
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
