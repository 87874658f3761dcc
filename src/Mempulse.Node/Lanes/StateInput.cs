using Mempulse.ChainState;
using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Node.Options;
using Mempulse.Primitives;

namespace Mempulse.Node.Lanes;

/// <summary>Where simulations get state from: the endpoints named for it, else those of the chain's live input.</summary>
internal static class StateInput
{
    /// <summary>The providers of the chains that the node serves.</summary>
    public static IReadOnlyList<KeyValuePair<ChainId, Func<TimeProvider, IStateProvider>>> Of(NodeOptions options, IReadOnlyList<ChainId> chains) =>
    [
        .. chains
            .Select(chain => options.StateSources.FirstOrDefault(source => source.Chain == chain) ?? options.Chains.FirstOrDefault(source => source.Chain == chain))
            .Where(source => source is not null)
            .Select(source => KeyValuePair.Create<ChainId, Func<TimeProvider, IStateProvider>>(source!.Chain, time => Provide(source, options, time))),
    ];

    /// <summary>How much of a node's state is kept.</summary>
    public static RpcStateOptions StateOptions(NodeOptions options) => new()
    {
        CachedBlocks = options.Simulation.CachedBlocks,
        LeastTrust = options.Simulation.LeastTrust,
    };

    private static RpcStateProvider Provide(ChainInput source, NodeOptions options, TimeProvider time) =>
        new(source.Endpoints, new RpcConnectionOptions(), StateOptions(options), SenderRecovery.CreateBest(), time);
}
