using Mempulse.Features.Strategies;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Sample.Strategies;

/// <summary>Names every pending swap that gives at least ten ether: advice, which is shown and never acted on.</summary>
public sealed class LargeSwaps : IStrategy
{
    private static readonly UInt256 s_least = new UInt256(10_000_000_000_000_000_000, 0, 0, 0);

    /// <inheritdoc/>
    public string Id => "large-swaps";

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
        if (views.Rules.Registry?.Registry.WrappedEther(views.Pool.Chain) is not { } ether)
        {
            return;
        }

        foreach (var swap in trade.Swaps)
        {
            var first = swap.Legs[0];
            if (first.Pool.Tokens[first.TokenIn] == ether && first.AmountIn >= s_least)
            {
                found.Add(new Candidate
                {
                    Legs = [.. swap.Legs.Select(static leg => leg.ToLeg())],
                    Token = ether,
                    Input = first.AmountIn,
                    Profit = UInt256.Zero,
                    ValueWei = UInt256.Zero,
                });
            }
        }
    }
}
