using Mempulse.ChainState;
using Mempulse.Ethereum.Signatures;
using Mempulse.Grains.Simulations;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Node.Options;
using Mempulse.Primitives;

namespace Mempulse.Node.Lanes;

/// <summary>Where simulations get state from: the endpoints named for it, else those of the chain's live input.</summary>
internal static class StateInput
{
    /// <summary>The providers of the chains that the node serves.</summary>
    public static IReadOnlyList<KeyValuePair<ChainId, Func<StateContext, IStateProvider>>> Of(NodeOptions options, IReadOnlyList<ChainId> chains) =>
    [
        .. chains
            .Select(chain => options.StateSources.FirstOrDefault(source => source.Chain == chain) ?? options.Chains.FirstOrDefault(source => source.Chain == chain))
            .Where(source => source is not null)
            .Select(source => KeyValuePair.Create<ChainId, Func<StateContext, IStateProvider>>(source!.Chain, context => Provide(source, context))),
    ];

    private static RpcStateProvider Provide(ChainInput source, StateContext context) =>
        new(source.Endpoints, new RpcConnectionOptions(), context.Options, SenderRecovery.CreateBest(), context.Meter, context.Time);
}
