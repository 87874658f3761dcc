using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Testing.Nodes;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>A source that corrupts data that a transaction's hash does not cover cannot keep out the copies of honest sources.</summary>
public sealed class BadCopyTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> BadCopies => [SpoiledProof(), "0x", "0x02c0ffee"];

    [Theory]
    [MemberData(nameof(BadCopies))]
    public async Task A_bad_copy_is_a_drop_of_its_source_and_another_source_is_queried(string badCopy)
    {
        var (hash, raw) = BlobSample.Encode(0, [BlobSample.Infinity]);
        await using var liar = NodeWith(badCopy, announced: hash);
        await using var honest = NodeWith(Hex(raw), announced: null);
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, liar, honest);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Any(tx => tx.Hash == hash), "the honest copy");

        await lane.StopAsync(Cancelled);
        Assert.All(sink.Events().OfType<LogEvent.TxIngestDropped>(), dropped => Assert.Equal(hash, dropped.First));
    }

    [Fact]
    public async Task If_every_copy_is_bad_each_source_is_asked_once()
    {
        var (hash, _) = BlobSample.Encode(0, [BlobSample.Infinity]);
        await using var first = NodeWith(SpoiledProof(), announced: hash);
        await using var second = NodeWith(SpoiledProof(), announced: hash);
        var sink = new RecordingSink();
        await using var lane = NewLane(sink, first, second);
        await lane.StartAsync(Cancelled);

        await Until.TrueAsync(() => Drops(sink).Count >= 2, "both copies dropped");
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxSeen>().Count() >= 2, "both sightings");

        await lane.StopAsync(Cancelled);
        Assert.Equal(2, Drops(sink).Count);
        Assert.Empty(sink.Events().OfType<LogEvent.TxDecoded>());
    }

    private static List<LogEvent.TxIngestDropped> Drops(RecordingSink sink) => [.. sink.Events().OfType<LogEvent.TxIngestDropped>()];

    private static string SpoiledProof() => Hex(BlobSample.Encode(0, [BlobSample.Generator]).Raw);

    private static string Hex(byte[] bytes) => "0x" + Convert.ToHexStringLower(bytes);

    private static ScriptedNode NodeWith(string raw, Hash256? announced) => new()
    {
        Result = (method, _) => method == "eth_getRawTransactionByHash" ? $"\"{raw}\"" : ScriptedNode.Honest(method),
        AfterSubscribe = (_, wire) => announced is { } hash ? wire.TextAsync(ScriptedNode.Notification($"\"{hash}\"")) : Task.CompletedTask,
    };

    private static RpcLane NewLane(RecordingSink sink, ScriptedNode first, ScriptedNode second) => new(
        new RpcLaneOptions
        {
            Chain = new ChainId(1),
            Endpoints = [RpcEndpoint.Parse("first", first.Address), RpcEndpoint.Parse("second", second.Address)],
            Pipeline = new IngestPipelineOptions(),
            Connection = new RpcConnectionOptions { MinReconnectDelay = TimeSpan.FromMilliseconds(10), MaxReconnectDelay = TimeSpan.FromMilliseconds(50) },
        },
        new DecodedBodies(1 << 10),
        sink,
        TimeProvider.System);
}
