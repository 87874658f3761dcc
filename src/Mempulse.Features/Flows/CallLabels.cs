using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Features.Trades;

namespace Mempulse.Features.Flows;

/// <summary>What a decoded call is for: the first classifier, by ABI.</summary>
internal static class CallLabels
{
    /// <summary>The label of a tree.</summary>
    public static FlowLabel Of(DecodeTree tree, IReadOnlyList<Trade> trades)
    {
        if (trades.Count > 0)
        {
            return trades is [{ TokenIn: { } given, TokenOut: { } received }] && given == received ? FlowLabel.Arbitrage : FlowLabel.Swap;
        }

        var root = tree.Nodes[0];
        if (root.Kind == NodeKind.Payment)
        {
            return root.Value.IsZero ? FlowLabel.None : FlowLabel.Transfer;
        }

        var effects = tree.Effects;
        if (effects.Length == 1 && effects[0].Kind is (EffectKind.Wrap or EffectKind.Unwrap))
        {
            return FlowLabel.Wrap;
        }

        return root.Function?.Category switch
        {
            CallCategory.Transfer => FlowLabel.Transfer,
            CallCategory.Approval => FlowLabel.Approval,
            CallCategory.Liquidation => FlowLabel.Liquidation,
            CallCategory.Swap => FlowLabel.Swap,
            CallCategory.Mint => FlowLabel.Mint,
            _ => FlowLabel.Unknown,
        };
    }
}
