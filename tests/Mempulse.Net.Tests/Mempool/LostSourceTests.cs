using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Net.Tests.Peers;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Mempool;

/// <summary>Requests that reach the queue of a source after the source was lost, while another source stays connected.</summary>
public sealed class LostSourceTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_requested_from_a_source_that_is_lost_comes_from_the_one_that_is_connected()
    {
        var tx = MadeTx.Plain(1);
        await using var node = new ScriptedNode();
        node.Result = (method, _) => method == "eth_getRawTransactionByHash" ? $"\"0x{Convert.ToHexStringLower(tx.Raw.Span)}\"" : ScriptedNode.Honest(method);
        var options = new RpcLaneOptions
        {
            Chain = new ChainId(1),
            Endpoints = [RpcEndpoint.Parse("lost", node.HttpAddress), RpcEndpoint.Parse("connected", node.HttpAddress)],
            BodyRetryDelay = TimeSpan.FromMilliseconds(1),
        };
        var sink = new RecordingSink();
        await using var pipeline = PipelineParts.Pipeline(new IngestPipelineOptions { MinBatchEvents = 1 }, sink, TimeProvider.System);
        await pipeline.StartAsync(Cancelled);
        var fetcher = new BodyFetcher(options, pipeline, new DecodedBodies(64), new RecentSet<Hash256>(64), TimeProvider.System);
        await using var client = new RpcClient(new Uri(node.HttpAddress), new RpcConnectionOptions(), TimeProvider.System, new RpcMeter(UnhostedMeters.Shared, new ChainId(1), "test"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var running = Task.WhenAll(fetcher.RunSourceAsync(1, client, stop.Token), fetcher.RunRetriesAsync(stop.Token));
        await Until.TrueAsync(
            () =>
            {
                fetcher.Request(SourceParts.HashOf(0), 1);
                return node.CallsTo("eth_getRawTransactionByHash") > 0;
            },
            "the source is connected",
            limitSeconds: 60);

        fetcher.Request(tx.Hash, 0);

        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Any(decoded => decoded.Hash == tx.Hash), "the body is decoded", limitSeconds: 60);
        await SourceParts.EndAsync(stop, running);
    }
}
