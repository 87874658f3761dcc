using Mempulse.Grains.Ingest;
using Mempulse.Net.Blocks;
using Mempulse.Net.Mempool;
using Mempulse.Node.Options;
using Mempulse.Primitives.Events;

namespace Mempulse.Node.Lanes;

/// <summary>Live input: for each chain with JSON-RPC endpoints, a lane of pending transactions and one of blocks; and a lane of peers.</summary>
internal static class LiveInput
{
    /// <summary>Plans the lanes of every chain.</summary>
    /// <exception cref="NodeUsageException">A setting of the network is not valid.</exception>
    public static NodeInput Of(NodeOptions options)
    {
        var peers = options.P2p is { } settings ? new PeerInput(settings, options.Ingest, options.Directory ?? NodeOptions.DefaultDirectory) : null;
        IEnumerable<LanePlan> lanes = options.Chains.SelectMany(chain => new[] { Blocks(chain, peers), Pending(chain, options) });
        var chains = options.Chains.Select(chain => chain.Chain);
        var labels = options.Chains.Select(chain => $"chain {chain.Chain} from {string.Join(" and ", chain.Endpoints.Select(endpoint => endpoint.Shown))}");
        return new NodeInput(
            [.. peers is null ? chains : chains.Append(peers.Chain).Distinct()],
            [.. peers is null ? lanes : lanes.Append(peers.ToPlan())],
            IsSynthetic: false,
            new FoldParameters(),
            string.Join(", ", peers is null ? labels : labels.Append(peers.Label)));
    }

    private static LanePlan Blocks(ChainInput chain, PeerInput? peers) => new(BlockFollowerOptions.DefaultName, chain.Chain, IsSynthetic: false, context => new BlockFollower(
        new BlockFollowerOptions
        {
            Chain = chain.Chain,
            Endpoints = chain.Endpoints,
            Meters = context.Meters,
            ResumeFrom = [.. context.CanonicalBlocks.Select(block => new SeenBlock(block.Number, block.Hash, block.ParentHash) { LacksReceipts = block.LacksReceipts })],
        },
        peers?.Chain == chain.Chain ? peers.Heads.Watch(context.Sink) : context.Sink,
        context.Time));

    private static LanePlan Pending(ChainInput chain, NodeOptions options) => new(
        RpcLaneOptions.DefaultName, chain.Chain, IsSynthetic: false, context => new RpcLane(
        new RpcLaneOptions
        {
            Chain = chain.Chain,
            Endpoints = chain.Endpoints,
            Meters = context.Meters,
            Pipeline = options.Ingest,
            Subscription = options.Pending,
            ReconcileInterval = options.ReconcileInterval,
        },
        context.Decoded,
        context.Sink,
        context.Time));
}
