using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Exposure;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Strategies;

/// <summary>How a pending swap could be sandwiched, what it would lose, and the minimum with which that would not pay. For the sender: no transaction follows from it.</summary>
/// <remarks>
/// It looks at the last pool of each swap, whose output the swap's minimum bounds. A swap for an exact output is bounded by what it gives at most, and is
/// left out. Costs of an attack are not counted, so the suggested minimum is safe against one that pays no gas.
/// </remarks>
public sealed class ExposureAdvice : IStrategy
{
    /// <summary>Quotes for the suggested minimum. It is safe however many there are, and lower the more there are.</summary>
    public const int MinimumQuotes = 96;

    /// <inheritdoc/>
    public string Id => "exposure";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public OppPurpose Purpose => OppPurpose.Advice;

    /// <inheritdoc/>
    public void Find(PendingTrade trade, StrategyViews views, CandidateList found)
    {
        ArgumentNullException.ThrowIfNull(trade);
        ArgumentNullException.ThrowIfNull(views);
        ArgumentNullException.ThrowIfNull(found);
        if (trade.WouldFail || views.Rules.Registry?.Registry.WrappedEther(views.Pool.Chain) is not { } ether)
        {
            return;
        }

        foreach (var swap in trade.Swaps)
        {
            if (!swap.IsExactOutput && Advice(trade, views, swap, ether) is { } advice)
            {
                found.Add(advice);
            }
        }
    }

    private static Candidate? Advice(PendingTrade trade, StrategyViews views, PendingSwap swap, in Address ether)
    {
        var leg = swap.Legs[^1];
        int quotes = leg.Before is ConstantProductPool ? ExposureSearch.ExactQuotes : ExposureSearch.MaxQuotes;
        if (!ExposureSearch.TryFind(leg.Before, leg.TokenIn, leg.TokenOut, leg.AmountIn, swap.Minimum, quotes, out var exposure) || exposure.Loss.IsZero || exposure.GrossProfit.IsZero)
        {
            return null;
        }

        var token = leg.Pool.Tokens[leg.TokenOut];
        return new Candidate
        {
            Legs = [leg.ToLeg()],
            Token = token,
            Input = leg.AmountIn,
            Profit = exposure.Loss,
            ValueWei = EtherPrice.ValueOf(trade, views.Book, token, ether, exposure.Loss),
            IsExact = exposure.IsExact,
            SaferMinimum = ExposureSearch.SaferMinimum(leg.Before, leg.TokenIn, leg.TokenOut, leg.AmountIn, exposure, UInt256.Zero, MinimumQuotes),
        };
    }
}
