using Mempulse.Primitives;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;

namespace Mempulse.Features.Trades;

/// <summary>Decodes calls and reads what they trade. Buffers are reused; confined to its caller.</summary>
internal sealed class CallTrades
{
    private readonly TradeReader _reader = new();

    /// <summary>The last call that was decoded.</summary>
    public DecodeTree Tree { get; } = new();

    /// <summary>Returns false for a call that trades nothing, as far as its contract and its selector tell. Costs one or two lookups.</summary>
    public static bool MayTrade(ContractRegistry registry, ChainId chain, Address? contract, BlockNumber block, uint selector)
    {
        if (contract is not { } target)
        {
            return false;
        }

        if (registry.Find(new ContractKey(chain, target), block) is { } entry && entry.Functions.TryFind(selector, out var own))
        {
            return MayTrade(own);
        }

        foreach (var function in registry.FindBySelector(selector))
        {
            if (MayTrade(function))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Decodes a call.</summary>
    /// <returns>Its trades; valid until the next call.</returns>
    public IReadOnlyList<Trade> Read(ContractRegistry registry, in CallRequest call)
    {
        new CallDecoder(registry).Decode(call, Tree);
        return _reader.Read(Tree, registry.WrappedEther(call.Chain));
    }

    private static bool MayTrade(FunctionEntry function)
    {
        if (function.Inner is not null)
        {
            return true;
        }

        foreach (var effect in function.Effects)
        {
            if (effect.Kind == EffectKind.Swap)
            {
                return true;
            }
        }

        return false;
    }
}
