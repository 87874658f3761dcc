using Mempulse.Grains.Ingest;
using Mempulse.Net.Blocks;
using Mempulse.Net.Mempool;
using Mempulse.Net.Rpc;
using Mempulse.Node.Options;
using Mempulse.Primitives.Events;

namespace Mempulse.Node.Lanes;

/// <summary>Input from JSON-RPC endpoints: for each chain a lane of pending transactions and one that follows its blocks.</summary>
internal static class LiveInput
{
    /// <summary>Plans the lanes of every chain.</summary>
    /// <exception cref="NodeUsageException">No endpoint of a chain can be subscribed to.</exception>
    public static NodeInput Of(NodeOptions options) => new(
        [.. options.Chains.Select(chain => chain.Chain)],
        [.. options.Chains.SelectMany(chain => new[] { Blocks(chain), Pending(chain, Subscribable(chain), options) })],
        IsSynthetic: false,
        new FoldParameters(),
        string.Join(", ", options.Chains.Select(chain =>
            $"chain {chain.Chain} from {string.Join(" and ", chain.Endpoints.Select(endpoint => endpoint.Shown))}")));

    private static LanePlan Blocks(ChainInput chain) => new(BlockFollowerOptions.DefaultName, chain.Chain, IsSynthetic: false, ground => new BlockFollower(
        new BlockFollowerOptions
        {
            Chain = chain.Chain,
            Endpoints = chain.Endpoints,
            ResumeFrom = [.. ground.CanonicalBlocks.Select(block => new SeenBlock(block.Number, block.Hash, block.ParentHash))],
        },
        ground.Sink,
        ground.Time));

    private static LanePlan Pending(ChainInput chain, IReadOnlyList<RpcEndpoint> endpoints, NodeOptions options) => new(
        RpcLaneOptions.DefaultName, chain.Chain, IsSynthetic: false, ground => new RpcLane(
        new RpcLaneOptions
        {
            Chain = chain.Chain,
            Endpoints = endpoints,
            Pipeline = options.Ingest,
            Subscription = options.Pending,
            ReconcileInterval = options.ReconcileInterval,
        },
        ground.Sink,
        ground.Time));

    /// <summary>Blocks can be polled; pending transactions come by subscription only.</summary>
    private static IReadOnlyList<RpcEndpoint> Subscribable(ChainInput chain) =>
        chain.Endpoints.Any(endpoint => endpoint.CanSubscribe)
            ? [.. chain.Endpoints.Where(endpoint => endpoint.CanSubscribe)]
            : throw new NodeUsageException($"Chain {chain.Chain} needs an endpoint that can be subscribed to: one that begins with ws:// or wss://.");
}
