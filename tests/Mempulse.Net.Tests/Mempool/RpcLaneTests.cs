using System.Text.Json.Nodes;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Anvil;

namespace Mempulse.Net.Tests.Mempool;

public sealed class RpcLaneTests
{
    private const string Account = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private const string Other = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PendingSubscription.Hashes, true)]
    [InlineData(PendingSubscription.Hashes, false)]
    [InlineData(PendingSubscription.Bodies, true)]
    public async Task A_pending_transaction_is_seen_decoded_and_its_senders_nonce_known(PendingSubscription subscription, bool hasHttp)
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, subscription, [EndpointOf(node, "a", hasHttp)]);
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceConnected>().Any(), "connected");
        await Until.TrueAsync(() => lane.ReadStatus().Sources[0].IsConnected, "connected");

        var hash = await SendAsync(node, 0);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.AccountNonceObserved>().Any(), "nonce");
        var events = sink.Events();
        var connected = Assert.IsType<LogEvent.SourceConnected>(events[0]);
        Assert.Equal(("a", "rpc", new ChainId(1)), (connected.Name, connected.Lane, connected.Chain));
        Assert.Contains("anvil", connected.Client, StringComparison.OrdinalIgnoreCase);
        var decoded = Assert.Single(events.OfType<LogEvent.TxDecoded>());
        Assert.Equal((hash, Address.Parse(Account)), (decoded.Hash, decoded.Sender));
        Assert.Contains(events.OfType<LogEvent.TxSeen>(), seen => seen.Hash == hash);
        Assert.Equal(new LogEvent.AccountNonceObserved(Address.Parse(Account), new Nonce(0)), events.OfType<LogEvent.AccountNonceObserved>().Single());

        await lane.StopAsync(Cancelled);
        Assert.Equal(SourceLossReason.Shutdown, Assert.IsType<LogEvent.SourceLost>(sink.Events()[^1]).Reason);
    }

    [Fact]
    public async Task Two_sources_of_one_chain_record_two_sightings_and_one_body()
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, PendingSubscription.Hashes, [EndpointOf(node, "a", true), EndpointOf(node, "b", true)]);
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => lane.ReadStatus().Sources.All(source => source.IsConnected), "both connected");
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceConnected>().Count() == 2, "both on record");

        var hash = await SendAsync(node, 0);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxSeen>().Count(seen => seen.Hash == hash) == 2, "two sightings");
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Any(), "the body");
        await lane.StopAsync(Cancelled);
        Assert.Single(sink.Events().OfType<LogEvent.TxDecoded>());
    }

    [Fact]
    public async Task Transactions_lost_by_a_full_object_subscription_in_a_burst_are_recovered_from_the_pool()
    {
        const int burst = 8_000;
        await using var node = await AnvilNode.StartAsync(Cancelled, null, "--accounts", "40");
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, PendingSubscription.Bodies, [EndpointOf(node, "a", true)]);
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => lane.ReadStatus().Sources[0].IsConnected, "connected");

        var hashes = await BurstAsync(node, burst);

        await Until.TrueAsync(() => lane.ReadStatus().DecodedCount >= burst, "all bodies", limitSeconds: 600);
        await lane.StopAsync(Cancelled);
        var decoded = sink.Events().OfType<LogEvent.TxDecoded>().Select(tx => tx.Hash).ToHashSet();
        Assert.True(hashes.SetEquals(decoded));
        TestContext.Current.SendDiagnosticMessage(
            $"{sink.Events().OfType<LogEvent.TxSeen>().Count(seen => seen.Via == SightingVia.PoolSnapshot)} of {burst} were recovered.");
    }

    [Fact]
    public async Task A_node_that_dies_is_recorded_as_lost_and_reconnects_when_it_is_back()
    {
        var node = await AnvilNode.StartAsync(Cancelled);
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, PendingSubscription.Hashes, [EndpointOf(node, "a", true)]);
        await lane.StartAsync(Cancelled);
        await Until.TrueAsync(() => lane.ReadStatus().Sources[0].IsConnected, "connected");

        await node.DisposeAsync();
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceLost>().Any(), "lost");
        await using var again = await AnvilNode.StartAsync(Cancelled, node.Port);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceConnected>().Count() == 2, "connected again");
        var hash = await SendAsync(again, 0);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Any(tx => tx.Hash == hash), "decoded");
        await lane.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_node_of_another_chain_is_lost_with_that_reason()
    {
        await using var node = await AnvilNode.StartAsync(Cancelled);
        var sink = new RecordingSink();
        var options = Options(PendingSubscription.Hashes, [EndpointOf(node, "a", true)], new ChainId(5));
        await using var lane = new RpcLane(options, new DecodedBodies(1 << 10), sink, TimeProvider.System);

        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.SourceLost>().Any(), "lost");
        Assert.Equal(SourceLossReason.WrongChain, sink.Events().OfType<LogEvent.SourceLost>().First().Reason);
        await lane.StopAsync(Cancelled);
    }

    private static RpcEndpoint EndpointOf(AnvilNode node, string name, bool hasHttp) =>
        RpcEndpoint.Parse(name, node.WebSocketAddress, hasHttp ? node.HttpAddress : null);

    private static RpcLane NewLane(RecordingSink sink, PendingSubscription subscription, IReadOnlyList<RpcEndpoint> endpoints) =>
        new(Options(subscription, endpoints, new ChainId(1)), new DecodedBodies(1 << 10), sink, TimeProvider.System);

    private static RpcLaneOptions Options(PendingSubscription subscription, IReadOnlyList<RpcEndpoint> endpoints, ChainId chain) => new()
    {
        Chain = chain,
        Endpoints = endpoints,
        Subscription = subscription,
        ReconcileInterval = TimeSpan.FromSeconds(1),
        Connection = new RpcConnectionOptions { MinReconnectDelay = TimeSpan.FromMilliseconds(50), MaxReconnectDelay = TimeSpan.FromMilliseconds(200) },
        Pipeline = new IngestPipelineOptions(),
    };

    private static async Task<Hash256> SendAsync(AnvilNode node, int nonce)
    {
        var hash = await node.CallAsync("eth_sendTransaction", Cancelled, TransactionOf(Account, nonce));
        return Hash256.Parse(hash.GetString()!);
    }

    private static async Task<HashSet<Hash256>> BurstAsync(AnvilNode node, int count)
    {
        var accounts = (await node.CallAsync("eth_accounts", Cancelled)).EnumerateArray().Select(account => account.GetString()!).ToArray();
        var hashes = new HashSet<Hash256>();
        foreach (int[] part in Enumerable.Range(0, count).Chunk(500))
        {
            var calls = part.Select(i => ("eth_sendTransaction", new JsonNode?[] { TransactionOf(accounts[i % accounts.Length], i / accounts.Length) }));
            var results = await node.BatchAsync(calls, Cancelled);
            hashes.UnionWith(results.Select(result => Hash256.Parse(result.GetString()!)));
        }

        return hashes;
    }

    private static JsonObject TransactionOf(string from, int nonce) => new()
    {
        ["from"] = from,
        ["to"] = Other,
        ["value"] = "0x1",
        ["gas"] = "0x5208",
        ["nonce"] = $"0x{nonce:x}",
    };
}
