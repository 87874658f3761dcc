using Mempulse.Grains.Ingest;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Mempool;
using Mempulse.Net.Sinks;
using Mempulse.Node.Options;
using Mempulse.Primitives.Events;

namespace Mempulse.Node.Lanes;

/// <summary>Live input: for each chain with JSON-RPC endpoints, a lane of pending transactions and one of blocks; and a lane of peers.</summary>
internal static class LiveInput
{
    /// <summary>Plans the lanes of every chain.</summary>
    /// <exception cref="NodeUsageException">A setting of the network is not valid.</exception>
    /// <exception cref="IOException">The listen address cannot be used, or the genesis of the peers' chain cannot be read.</exception>
    public static async Task<NodeInput> OfAsync(NodeOptions options, CancellationToken cancellationToken)
    {
        var chain = options.P2p is { } settings ? await PeerChainReader.CompleteAsync(settings, EndpointsOf(options, settings.Chain), TimeProvider.System, cancellationToken) : null;
        var peers = chain is null ? null : new PeerInput(chain, options.Ingest, options.Directory ?? NodeOptions.DefaultDirectory);
        IEnumerable<LanePlan> lanes = options.Chains.SelectMany(chain => new[] { Blocks(chain, peers, options), Pending(chain, options) });
        var chains = options.Chains.Select(chain => chain.Chain);
        var labels = options.Chains.Select(chain => $"chain {chain.Chain} from {string.Join(" and ", chain.Endpoints.Select(endpoint => endpoint.Shown))}");
        return new NodeInput(
            [.. peers is null ? chains : chains.Append(peers.Chain).Distinct()],
            [.. peers is null ? lanes : lanes.Append(peers.ToPlan())],
            IsSynthetic: false,
            new FoldParameters(),
            string.Join(", ", peers is null ? labels : labels.Append(peers.Label)))
        {
            Notes = [.. chain?.Notes.Select(note => $"chain {chain.Settings.Chain}: {note}") ?? []],
        };
    }

    /// <summary>The nodes of a chain: sources first, then those that only state is read from.</summary>
    private static IReadOnlyList<RpcEndpoint> EndpointsOf(NodeOptions options, ulong chain) =>
        [.. options.Chains.Concat(options.StateSources).Where(input => input.Chain.Value == chain).SelectMany(static input => input.Endpoints)];

    private static LanePlan Blocks(ChainInput chain, PeerInput? peers, NodeOptions options) => new(BlockFollowerOptions.DefaultName, chain.Chain, IsSynthetic: false, context => new BlockFollower(
        BlocksOf(chain, options, context) with { Peers = ReceiptsOf(chain, peers) }, SinkOf(chain, peers, context), context.Time));

    /// <summary>The log; where the same chain has peers, they are shown the blocks that it takes.</summary>
    internal static IEventSink SinkOf(ChainInput chain, PeerInput? peers, LaneContext context) => peers?.Chain == chain.Chain ? peers.Heads.Watch(context.Sink) : context.Sink;

    /// <summary>The peers that the lane of blocks asks for receipts: those of the same chain.</summary>
    internal static PeerReceipts? ReceiptsOf(ChainInput chain, PeerInput? peers) => peers?.Chain == chain.Chain ? peers.Receipts : null;

    /// <summary>The options of the lane of blocks: it continues at the blocks of the log, and takes for final what the chain's fold does.</summary>
    internal static BlockFollowerOptions BlocksOf(ChainInput chain, NodeOptions options, LaneContext context) => new()
    {
        Chain = chain.Chain,
        Endpoints = chain.Endpoints,
        Meters = context.Meters,
        Logs = options.BlockLogs,
        ConfirmationDepthBlocks = PoolSettings.Apply(options.Pools, chain.Chain, new FoldParameters()).ConfirmationDepthBlocks,
        ResumeFrom = [.. context.Resumed.CanonicalBlocks.Select(block => new SeenBlock(block.Number, block.Hash, block.ParentHash) { LacksReceipts = block.LacksReceipts })],
    };

    private static LanePlan Pending(ChainInput chain, NodeOptions options) => new(
        RpcLaneOptions.DefaultName, chain.Chain, IsSynthetic: false, context => new RpcLane(PendingOf(chain, options, context), context.Decoded, context.Sink, context.Time));

    /// <summary>The options of the lane of pending transactions: it continues with what each source still had.</summary>
    internal static RpcLaneOptions PendingOf(ChainInput chain, NodeOptions options, LaneContext context) => new()
    {
        Chain = chain.Chain,
        Endpoints = chain.Endpoints,
        Meters = context.Meters,
        Pipeline = options.Ingest,
        Subscription = options.Pending,
        ReconcileInterval = options.ReconcileInterval,
        ResumeFrom = context.Resumed.Holdings.ToDictionary(static held => held.Source, static held => held.Transactions),
    };
}
