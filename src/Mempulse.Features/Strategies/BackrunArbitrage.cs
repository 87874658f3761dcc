using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Cycles;
using Mempulse.Features.Routes;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Strategies;

/// <summary>A pending swap moves a pool away from the others of its pair, or of a cycle of three: what the cycle gains afterwards.</summary>
/// <remarks>
/// A cycle of constant product pools has the exact optimum, any other the best of a bounded search. The profit is in wrapped ether where the cycle has it, or
/// else in the first of its tokens that a pool prices in it.
/// </remarks>
public sealed class BackrunArbitrage : IStrategy
{
    /// <summary>Cycles of one transaction whose best input is computed: those with the largest returns.</summary>
    public const int MaxOptima = 8;

    /// <summary>Of these, the cycles that are worth most and whose best input is sought until it is proven or <see cref="MaxTries"/> is reached.</summary>
    public const int MaxProofs = 2;

    /// <summary>Amounts that are tried for a proof that no input gains more. Most cycles need a few; where one needs more, its profit may be some units below the optimum.</summary>
    public const int MaxTries = 512;

    /// <summary>Amounts that are tried to tell what a cycle is worth that has other pools than constant product; the search narrows an interval, to a hundredth of the input or less.</summary>
    private const int QuickEvaluations = 46;

    /// <inheritdoc/>
    public string Id => "backrun-arbitrage";

    /// <inheritdoc/>
    public int Version => 3;

    /// <inheritdoc/>
    public OppPurpose Purpose => OppPurpose.Gain;

    /// <inheritdoc/>
    public void Find(PendingTrade trade, StrategyViews views, CandidateList found)
    {
        ArgumentNullException.ThrowIfNull(trade);
        ArgumentNullException.ThrowIfNull(views);
        ArgumentNullException.ThrowIfNull(found);
        if (trade.WouldFail || trade.Moved.Count == 0 || views.Rules.Registry?.Registry.WrappedEther(views.Pool.Chain) is not { } ether)
        {
            return;
        }

        var cycles = new List<GainingCycle>();
        foreach (var moved in trade.Moved)
        {
            new CycleFinder(trade, views.Book, moved, found).Find(ReceivedFrom(trade, moved), cycles);
        }

        var gains = Gains(trade, views, [.. cycles.OrderByDescending(static cycle => cycle.Return)], ether, found); // stable: equal returns keep the order of their pools
        for (int i = 0; i < gains.Count; i++)
        {
            var gain = !gains[i].IsFinal && i < MaxProofs ? Best(trade, views, gains[i].Legs, gains[i].Best.Input, ether, isFinal: true)! : gains[i];
            found.Add(gain.ToCandidate());
        }
    }

    /// <summary>The best cycles with nearly their best inputs, by what they are worth.</summary>
    private static List<Gain> Gains(PendingTrade trade, StrategyViews views, GainingCycle[] cycles, Address ether, CandidateList found)
    {
        var seen = new List<RouteLeg[]>(MaxOptima);
        var gains = new List<Gain>(MaxOptima);
        for (int i = 0; i < cycles.Length; i++)
        {
            if (seen.Count == MaxOptima)
            {
                found.LeaveOut(cycles.Length - i);
                break;
            }

            int start = StartOf(cycles[i].Legs, views, ether);
            RouteLeg[] legs = start < 0 ? [] : [.. cycles[i].Legs[start..], .. cycles[i].Legs[..start]];
            if (legs.Length > 0 && !seen.Exists(other => other.AsSpan().SequenceEqual(legs)))
            {
                seen.Add(legs);
                if (Best(trade, views, legs, CycleSearch.Output(LegsOf(trade, cycles[i].Legs[..start]), cycles[i].Input), ether, isFinal: false) is { } gain)
                {
                    gains.Add(gain);
                }
            }
        }

        return [.. gains.OrderByDescending(static gain => gain.ValueWei)];
    }

    private static UInt256 ReceivedFrom(PendingTrade trade, in MovedPool moved)
    {
        foreach (var swap in trade.Swaps)
        {
            foreach (var leg in swap.Legs)
            {
                if (leg.Pool.Key == moved.Pool.Key)
                {
                    return leg.AmountOut;
                }
            }
        }

        return UInt256.One;
    }

    /// <summary>The leg that takes the token that the cycle's profit is in; negative if none of its tokens has a price.</summary>
    private static int StartOf(RouteLeg[] legs, StrategyViews views, Address ether)
    {
        int start = Array.FindIndex(legs, leg => leg.Pool.Tokens[leg.TokenIn] == ether);
        for (int i = 0; start < 0 && i < legs.Length; i++)
        {
            // The order of tokens, so that a cycle begins alike whichever of its pools moved.
            var least = legs.Select(static leg => leg.Pool.Tokens[leg.TokenIn]).Order().ElementAt(i);
            start = EtherPrice.IsPriced(views.Book, least, ether) ? Array.FindIndex(legs, leg => leg.Pool.Tokens[leg.TokenIn] == least) : -1;
        }

        return start;
    }

    private static CycleLeg[] LegsOf(PendingTrade trade, RouteLeg[] legs) => [.. legs.Select(leg => new CycleLeg(trade.StateOf(leg.Pool), leg.TokenIn, leg.TokenOut))];

    private static Gain? Best(PendingTrade trade, StrategyViews views, RouteLeg[] legs, in UInt256 input, in Address ether, bool isFinal)
    {
        var cycle = LegsOf(trade, legs);
        var best = Optimum(cycle, input, isFinal);
        return best.Profit.IsZero ? null : new Gain(legs, cycle, best, isFinal || best.Proof == OptimumProof.Exact, EtherPrice.ValueOf(trade, views.Book, legs[0].Pool.Tokens[legs[0].TokenIn], ether, best.Profit));
    }

    /// <summary>The best input, or one near it that tells what the cycle is worth.</summary>
    private static CycleOptimum Optimum(CycleLeg[] cycle, in UInt256 input, bool isFinal)
    {
        Span<ProductLeg> products = stackalloc ProductLeg[cycle.Length]; // two or three of some 80 bytes
        for (int i = 0; i < cycle.Length; i++)
        {
            if (cycle[i].Pool is not ConstantProductPool pool)
            {
                return CycleSearch.Best(cycle, input, isFinal ? CycleSearch.MaxEvaluations : QuickEvaluations);
            }

            products[i] = pool.From(cycle[i].TokenIn);
        }

        return isFinal ? ProductCycle.Best(products, MaxTries) : ProductCycle.Near(products);
    }

    /// <summary>A cycle with the best input that was found. It is final if no further search follows.</summary>
    private sealed record Gain(RouteLeg[] Legs, CycleLeg[] Cycle, CycleOptimum Best, bool IsFinal, UInt256 ValueWei)
    {
        public Candidate ToCandidate() => new()
        {
            Legs = Amounts(),
            Token = Legs[0].Pool.Tokens[Legs[0].TokenIn],
            Input = Best.Input,
            Profit = Best.Profit,
            ValueWei = ValueWei,
            IsExact = Best.Proof == OptimumProof.Exact,
        };

        private OppLeg[] Amounts()
        {
            var result = new OppLeg[Legs.Length];
            var amount = Best.Input;
            for (int i = 0; i < Legs.Length; i++)
            {
                var pool = Legs[i].Pool;
                var received = Cycle[i].Pool.QuoteExactInput(Cycle[i].TokenIn, Cycle[i].TokenOut, amount).AmountOut;
                result[i] = new OppLeg(pool.Key.Contract, pool.Key.Id, pool.Tokens[Legs[i].TokenIn], pool.Tokens[Legs[i].TokenOut], amount, received);
                amount = received;
            }

            return result;
        }
    }
}
