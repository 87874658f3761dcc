using Mempulse.ChainState;
using Mempulse.ChainState.Recorded;
using Mempulse.Ethereum.Signatures;
using Mempulse.Grains.Simulations;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Node.Options;
using Mempulse.Primitives;

namespace Mempulse.Node.Lanes;

/// <summary>Where simulations get state from: the endpoints named for it, else those of the chain's live input, else what was recorded with a capture.</summary>
internal static class StateInput
{
    /// <summary>The providers of the chains that the node serves.</summary>
    public static IReadOnlyList<KeyValuePair<ChainId, Func<StateContext, IStateProvider>>> Of(NodeOptions options, NodeInput input) =>
        [.. input.Chains.Select(chain => (Chain: chain, Provide: Of(options, input, chain))).Where(static source => source.Provide is not null).Select(static source => KeyValuePair.Create(source.Chain, source.Provide!))];

    private static Func<StateContext, IStateProvider>? Of(NodeOptions options, NodeInput input, ChainId chain)
    {
        if ((options.StateSources.FirstOrDefault(source => source.Chain == chain) ?? options.Chains.FirstOrDefault(source => source.Chain == chain)) is { } nodes)
        {
            return context => Provide(nodes, context);
        }

        return input.Recorded.FirstOrDefault(states => states.Chain == chain) is { } recorded
            ? context => new RecordedStateProvider(recorded, context.Options.LeastTrust)
            : null;
    }

    private static RpcStateProvider Provide(ChainInput source, StateContext context) =>
        new(source.Endpoints, new RpcConnectionOptions(), context.Options, SenderRecovery.CreateBest(), context.Meter, context.Time);
}
