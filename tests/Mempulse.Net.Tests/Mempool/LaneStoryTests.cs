using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Sinks;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Net.Tests.Peers;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>
/// Two sources of the RPC lane, one of which fails in the middle of its work. After recovery every transaction that was announced is decoded once or on record as
/// a drop, and the lane takes as much as before: each story is told twice, and as many bodies are announced at a time as may wait.
/// </summary>
public sealed class LaneStoryTests
{
    private const int Count = 12;
    private const string Raw = "eth_getRawTransactionByHash";

    private static readonly List<MadeTx> s_transactions = [.. Enumerable.Range(0, 2 * Count).Select(static i => MadeTx.Plain((ulong)i))];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static NodeScript WrongChain => NodeScript.Honest.With("eth_chainId", new NodeReply.Result("\"0x5\""));

    /// <summary>What happens when the transactions of a round are announced.</summary>
    private static readonly SortedDictionary<string, Func<Story, int, Task>> s_faults = new(StringComparer.Ordinal)
    {
        ["nothing"] = static (story, round) => story.AnnounceAsync(story.First, round),
        ["the source cuts the connection in the middle of its batches"] = static (story, round) => story.DisturbAsync(new NodeReply.Cut(), 3, round),
        ["the source leaves answers out"] = static (story, round) => story.DisturbAsync(new NodeReply.Silence(), 2, round),
        ["the source is busy for a while"] = static (story, round) => story.DisturbAsync(new NodeReply.Refusal(-32000, "server is busy"), 20, round),
        ["the source has them later"] = static (story, round) => story.DisturbAsync(new NodeReply.Result("null"), 20, round),
        ["the source answers with another transaction"] = static (story, round) => story.DisturbAsync(new NodeReply.Result($"\"0x{Convert.ToHexStringLower(MadeTx.Plain(999).Raw.Span)}\""), 7, round),
        ["the source answers with bytes that are no transaction"] = static (story, round) => story.DisturbAsync(new NodeReply.Result("\"0x02c0ffee\""), 7, round),
        ["the source is gone, and the other one takes over"] = static async (story, round) =>
        {
            story.First.Script = WrongChain.With(Raw, new NodeReply.Cut());
            await story.AnnounceAsync(round == 0 ? story.First : story.Second, round);
            story.First.CutAll();
        },
        ["both are gone, and the other one returns"] = static async (story, round) =>
        {
            story.First.Script = WrongChain.With(Raw, new NodeReply.Silence());
            story.Second.Script = WrongChain.With(Raw, new NodeReply.Silence());
            await story.AnnounceAsync(round == 0 ? story.First : story.Second, round);

            // What waits moves to the first, and is left there.
            story.Second.CutAll();
            await Until.TrueAsync(() => !story.Lane.ReadStatus().Sources[1].IsConnected, "the second is lost", limitSeconds: 60);
            story.First.CutAll();
            await Until.TrueAsync(() => story.Lane.ReadStatus().Sources.All(static source => !source.IsConnected), "both are lost", limitSeconds: 60);
            story.Second.Script = NodeScript.Honest;
        },
        ["the log refuses, and the pool is compared when it is back"] = static async (story, round) =>
        {
            int before = story.RefusedCount;
            story.Status = AppendStatus.Refused;
            story.Shown = (round + 1) * Count;
            await story.AnnounceAsync(story.First, round);
            await Until.TrueAsync(() => story.RefusedCount >= before + (2 * Count), "every sighting and every body is refused", limitSeconds: 60);
            story.Status = AppendStatus.Appended;
        },
    };

    public static TheoryData<string> Faults => [.. s_faults.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task After_a_fault_each_transaction_is_decoded_once_and_as_many_are_taken_again(string fault)
    {
        await using var story = new Story(callTimeout: fault.Contains("leaves", StringComparison.Ordinal) ? TimeSpan.FromSeconds(1) : null);
        await story.StartAsync();
        for (int round = 0; round < 2; round++)
        {
            await s_faults[fault](story, round);
            int expected = (round + 1) * Count;
            await Until.TrueAsync(() => story.Decoded().Count == expected, $"{expected} decoded", limitSeconds: 60);
            story.First.Script = fault.Contains("takes over", StringComparison.Ordinal) || fault.Contains("returns", StringComparison.Ordinal) ? story.First.Script : NodeScript.Honest;
        }

        await story.Lane.StopAsync(Cancelled);

        Assert.Equal(s_transactions.Select(static tx => tx.Hash).Order(), story.Decoded().Order());
        Assert.DoesNotContain(story.Events().OfType<LogEvent.TxIngestDropped>(), static drop => drop.Reason is DropReason.QueueFull or DropReason.BodyUnavailable);
        Assert.True(story.Events().OfType<LogEvent.TxSeen>().Select(static seen => seen.Hash).ToHashSet().IsSupersetOf(story.Decoded()));
    }

    [Fact]
    public async Task A_lane_that_stops_records_each_body_that_waits_is_asked_for_or_pauses_as_a_drop()
    {
        for (int run = 0; run < 10; run++)
        {
            await using var story = new Story(retryDelay: TimeSpan.FromHours(1));
            story.First.Result = (method, parameters) => method != Raw ? ScriptedNode.Honest(method)
                : s_transactions.Take(2).Any(tx => tx.Hash.ToString() == parameters[0].GetString()) ? "null" // pauses
                : null; // never answered
            await story.StartAsync();
            await story.AnnounceAsync(story.First, 0);
            await Until.TrueAsync(() => story.First.CallsTo(Raw) >= 2 + Story.CallsInFlight && story.Events().OfType<LogEvent.TxSeen>().Count() == Count, "some pause, some are asked for, some wait", limitSeconds: 60);

            await story.Lane.StopAsync(Cancelled);

            Assert.Empty(story.Decoded());
            var drops = story.Events().OfType<LogEvent.TxIngestDropped>().ToList();
            Assert.Equal((ulong)Count, drops.Aggregate(0UL, static (sum, drop) => sum + drop.Count));
            Assert.All(drops, static drop => Assert.Equal(DropReason.BodyUnavailable, drop.Reason));
        }
    }

    [Fact]
    public async Task Exactly_as_many_bodies_wait_as_allowed_and_one_more_is_a_drop_that_its_next_announcement_heals()
    {
        await using var story = new Story();
        story.First.Result = static (method, _) => method == Raw ? null : ScriptedNode.Honest(method);
        story.Second.Result = story.First.Result;
        await story.StartAsync();
        await story.AnnounceAsync(story.First, 0);
        await Until.TrueAsync(() => story.Events().OfType<LogEvent.TxSeen>().Count() == Count, "all announced", limitSeconds: 60);
        Assert.Empty(story.Lane.ReadStatus().Drops);

        var extra = s_transactions[Count];
        await story.AnnounceAsync(story.First, extra);
        await Until.TrueAsync(() => story.Lane.ReadStatus().Drops.Any(static drop => drop is { Reason: DropReason.QueueFull, Count: 1 }), "one more", limitSeconds: 60);
        story.First.Result = Story.Honest;
        story.Second.Result = Story.Honest;
        story.First.CutAll(); // ends the calls that are not answered
        await Until.TrueAsync(() => story.Decoded().Count == Count, "the others", limitSeconds: 60);
        await Until.TrueAsync(() => story.First.Subscriptions == 2, "connected again", limitSeconds: 60);
        await story.AnnounceAsync(story.First, extra);

        await Until.TrueAsync(() => story.Decoded().Contains(extra.Hash), "announced again, fetched", limitSeconds: 60);
        await story.Lane.StopAsync(Cancelled);
        Assert.Equal(2, story.Events().OfType<LogEvent.TxSeen>().Count(seen => seen.Hash == extra.Hash));
    }

    private sealed class Story : IAsyncDisposable
    {
        public const int CallsInFlight = 3;

        private readonly RecordingSink _sink = new();
        private readonly Dictionary<ScriptedNode, NodeWire> _wires = [];
        private volatile AppendStatus _status = AppendStatus.Appended;
        private volatile int _shown;

        public Story(TimeSpan? retryDelay = null, TimeSpan? callTimeout = null)
        {
            _sink.Answer = _ => _status;
            foreach (var node in (ScriptedNode[])[First, Second])
            {
                node.Result = (method, parameters) => node == First && method == "txpool_content" && _shown > 0 ? Pool(_shown) : Honest(method, parameters);
                node.AfterSubscribe = (_, wire) =>
                {
                    lock (_wires)
                    {
                        _wires[node] = wire;
                    }

                    return Task.CompletedTask;
                };
            }

            var options = new RpcLaneOptions
            {
                Chain = new ChainId(1),
                Endpoints = [RpcEndpoint.Parse("first", First.Address, First.HttpAddress), RpcEndpoint.Parse("second", Second.Address, Second.HttpAddress)],
                BodiesPerCall = 2,
                BodyCallsInFlight = CallsInFlight,
                BodyQueueCapacity = Count,
                BodyAttempts = 100,
                BodyRetryDelay = retryDelay ?? TimeSpan.FromMilliseconds(5),
                ReconcileInterval = TimeSpan.FromMilliseconds(100),
                LeavingChecksPerRound = 0,
                RecentSenders = 0,
                Pipeline = new IngestPipelineOptions { MinBatchEvents = 1, RetryDelay = TimeSpan.FromMilliseconds(5), DropWindow = TimeSpan.FromMilliseconds(10) },
                Connection = new RpcConnectionOptions
                {
                    CallRetries = 0,
                    CallTimeout = callTimeout ?? TimeSpan.FromMinutes(5),
                    MinReconnectDelay = TimeSpan.FromMilliseconds(5),
                    MaxReconnectDelay = TimeSpan.FromMilliseconds(20),
                },
            };
            Lane = new RpcLane(options, new DecodedBodies(1 << 10), _sink, TimeProvider.System);
        }

        public ScriptedNode First { get; } = new();

        public ScriptedNode Second { get; } = new();

        public RpcLane Lane { get; }

        public AppendStatus Status
        {
            set => _status = value;
        }

        /// <summary>Sightings and bodies that the log refused.</summary>
        public int RefusedCount => (int)Lane.ReadStatus().Drops.Where(static drop => drop.Reason == DropReason.LogUnavailable).Sum(static drop => drop.Count);

        /// <summary>Number of transactions that the first node lists in its pool.</summary>
        public int Shown
        {
            set => _shown = value;
        }

        public static string? Honest(string method, System.Text.Json.JsonElement parameters) =>
            method != Raw ? ScriptedNode.Honest(method)
            : s_transactions.Find(tx => tx.Hash.ToString() == parameters[0].GetString()) is { } known ? $"\"0x{Convert.ToHexStringLower(known.Raw.Span)}\""
            : "null";

        public async Task StartAsync()
        {
            await Lane.StartAsync(Cancelled);
            await Until.TrueAsync(() => First.Subscriptions == 1 && Second.Subscriptions == 1, "both subscribed", limitSeconds: 60);
        }

        /// <summary>Announces the transactions of a round while the next calls for bodies get a reply, from the fourth on.</summary>
        public Task DisturbAsync(NodeReply reply, int calls, int round)
        {
            int first = First.CallsTo(Raw) + 4;
            First.Script = new NodeScript { Rules = [new NodeRule(Raw, reply) { FirstCall = first, LastCall = first + calls - 1 }] };
            return AnnounceAsync(First, round);
        }

        public Task AnnounceAsync(ScriptedNode node, int round) => AnnounceAsync(node, [.. s_transactions.Skip(round * Count).Take(Count)]);

        /// <summary>Announces transactions in one message, and again on the next connection if the connection ended before the lane read it.</summary>
        public async Task AnnounceAsync(ScriptedNode node, params IReadOnlyList<MadeTx> transactions)
        {
            string message = ScriptedNode.Notification($"[{string.Join(',', transactions.Select(static tx => $"\"{tx.Hash}\""))}]");
            var (seen, refused) = (Sightings(transactions[0]), Refused());
            NodeWire? sent = null;
            await Until.TrueAsync(
                async () =>
                {
                    NodeWire? wire;
                    lock (_wires)
                    {
                        wire = _wires.GetValueOrDefault(node);
                    }

                    if (wire is not null && wire != sent)
                    {
                        sent = wire;
                        await wire.TextAsync(message).ContinueWith(static _ => { }, TaskScheduler.Default); // a connection that has ended is followed by another
                    }

                    return Sightings(transactions[0]) > seen || Refused() > refused;
                },
                "announced",
                limitSeconds: 60);
        }

        private int Sightings(MadeTx tx) => Events().OfType<LogEvent.TxSeen>().Count(seen => seen.Hash == tx.Hash);

        private long Refused() => Lane.ReadStatus().Drops.Where(static drop => drop.Reason == DropReason.LogUnavailable).Sum(static drop => drop.Count);

        public List<LogEvent> Events() => _sink.Events();

        public List<Hash256> Decoded() => [.. _sink.Events().OfType<LogEvent.TxDecoded>().Select(static tx => tx.Hash)];

        public async ValueTask DisposeAsync()
        {
            await Lane.DisposeAsync();
            await First.DisposeAsync();
            await Second.DisposeAsync();
        }

        private static string Pool(int shown) => "{\"pending\":{\"0x00\":{" + string.Join(',', s_transactions.Take(shown).Select(static (tx, i) => $"\"{i}\":{{\"hash\":\"{tx.Hash}\"}}")) + "}}}";
    }
}
