using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Cycles;

/// <summary>The exact optimum of a cycle of two or three constant product pools: what trying every input would find.</summary>
/// <remarks>
/// The closed form ignores that every leg rounds down, and so loses units or whole steps of a coarse token. Here it only bounds the search.
/// One amount of the cycle, the pivot, is the one in the fewest units; for each of its values only the least input that reaches it counts. The
/// values are tried outwards from that of the closed form, until the profit equals the bound that no input exceeds, or until all values are tried
/// whose bound exceeds the best so far.
/// </remarks>
public ref struct ProductCycle
{
    /// <summary>Values of the pivot that are tried at most.</summary>
    public const int MaxCandidates = 1 << 18;

    /// <summary>Of inputs with the same profit the smallest is returned, if no more values of the pivot than these come into question.</summary>
    public const int MaxTies = 4_096;

    /// <summary>Values tried before the bounds of the search are computed.</summary>
    private const int QuickCandidates = 16;

    /// <summary>Values tried over a wide range before those beside the closed form's, where neighbours round alike.</summary>
    private const int Samples = 1_024;

    /// <summary>Distances from the closed form's value within which <see cref="Near"/> looks.</summary>
    private const int NearDistance = 8;

    private readonly ReadOnlySpan<ProductLeg> _legs;
    private readonly ProductCurve _curve;
    private readonly int _pivot;
    private readonly UInt256 _center;
    private UInt256 _most;
    private int _left;
    private UInt256 _bestInput;
    private UInt256 _bestProfit;

    private ProductCycle(ReadOnlySpan<ProductLeg> legs, in ProductCurve curve, int candidates)
    {
        _legs = legs;
        _left = candidates;
        _curve = curve;
        (_pivot, _center) = Pivot(curve.BestInput());
    }

    /// <summary>The best input of a cycle that gives and receives the same token.</summary>
    /// <param name="legs">The legs in order; each receives what the next gives.</param>
    /// <exception cref="ArgumentException">There are not two or three legs.</exception>
    public static CycleOptimum Best(ReadOnlySpan<ProductLeg> legs) => Best(legs, MaxCandidates);

    /// <summary>The best input that a search finds within a bound of its own.</summary>
    /// <param name="legs">The legs in order; each receives what the next gives.</param>
    /// <param name="candidates">Values of the pivot that are tried at most. Where a proof needs more, the profit may be some units below the optimum.</param>
    /// <exception cref="ArgumentException">There are not two or three legs.</exception>
    public static CycleOptimum Best(ReadOnlySpan<ProductLeg> legs, int candidates)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(candidates);
        return TryCurve(legs, out var curve) ? new ProductCycle(legs, curve, candidates).Search() : default;
    }

    /// <summary>An input near the best one, which tells what the cycle is worth: a few values beside that of the closed form, and no proof.</summary>
    /// <param name="legs">The legs in order; each receives what the next gives.</param>
    /// <exception cref="ArgumentException">There are not two or three legs.</exception>
    public static CycleOptimum Near(ReadOnlySpan<ProductLeg> legs)
    {
        if (!TryCurve(legs, out var curve))
        {
            return default;
        }

        var cycle = new ProductCycle(legs, curve, NearDistance);
        for (int distance = 0; distance < NearDistance; distance++)
        {
            cycle.TryAround(distance);
        }

        return new CycleOptimum(cycle._bestInput, cycle._bestProfit, OptimumProof.Bounded);
    }

    /// <summary>What a cycle returns for an input, each leg's amount derived from the rounded output before it; zero if a leg refuses.</summary>
    public static UInt256 Output(ReadOnlySpan<ProductLeg> legs, in UInt256 input)
    {
        var amount = input;
        foreach (ref readonly var leg in legs)
        {
            var quote = leg.ExactInput(amount);
            if (!quote.IsFilled)
            {
                return UInt256.Zero;
            }

            amount = quote.AmountOut;
        }

        return amount;
    }

    /// <summary>The curve of a cycle; false if no input gains.</summary>
    private static bool TryCurve(ReadOnlySpan<ProductLeg> legs, out ProductCurve curve)
    {
        if (legs.Length is not 2 and not 3)
        {
            throw new ArgumentException($"A cycle of {legs.Length} pools is not valid: expected 2 or 3.", nameof(legs));
        }

        curve = default;
        foreach (ref readonly var leg in legs)
        {
            if (leg.ReserveIn.IsZero || leg.ReserveOut.IsZero)
            {
                return false;
            }
        }

        curve = new ProductCurve(legs);
        return curve.Gains;
    }

    private CycleOptimum Search()
    {
        _most = _curve.MostProfit();
        if (_most.IsZero)
        {
            return default;
        }

        int distance = 0;
        for (; distance < QuickCandidates && _left > 0 && !IsMost; distance++)
        {
            TryAround(distance);
        }

        var proof = IsMost || TryAllAbove(distance) ? OptimumProof.Exact : OptimumProof.Bounded;
        if (_bestProfit.IsZero)
        {
            return new CycleOptimum(UInt256.Zero, UInt256.Zero, proof);
        }

        PreferSmallest();
        return new CycleOptimum(_bestInput, _bestProfit, proof);
    }

    private readonly bool IsMost => _bestProfit == _most;

    /// <summary>Tries every value from a distance on that may gain more than the best so far; false if the bound ends it.</summary>
    private bool TryAllAbove(int distance)
    {
        var bound = _bestProfit;
        if (!TryValuesFor(bound + UInt256.One, out var first, out var last))
        {
            return true;
        }

        if (last - first > (ulong)_left && TrySamples(first, last))
        {
            return true;
        }

        for (; _left > 0; distance++)
        {
            // Outwards on both sides, so the values of a distance below that of the farther end are all done.
            UInt256 offset = (ulong)distance;
            if ((_center < first || _center - first < offset) && (last < _center || last - _center < offset))
            {
                return true;
            }

            TryAround(distance);
            if (IsMost)
            {
                return true;
            }

            if (_bestProfit != bound)
            {
                bound = _bestProfit;
                if (!TryValuesFor(bound + UInt256.One, out first, out last))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Tries values spread over the inner half of a range; true if one gains the most that is possible.</summary>
    private bool TrySamples(in UInt256 first, in UInt256 last)
    {
        var width = last - first;
        UInt256.ShiftRight(width, 2, out var quarter);
        ulong samples = (ulong)Math.Min(Samples, _left);
        UInt256.Divide(width, 2 * samples, out var step);
        for (ulong i = 0; i < samples && !IsMost; i++)
        {
            _left--;
            Try(first + quarter + (step * i));
        }

        return IsMost;
    }

    /// <summary>Looks for a smaller input with the same profit.</summary>
    private void PreferSmallest()
    {
        if (!TryValuesFor(_bestProfit, out var first, out _) || (_center > first && _center - first > MaxTies))
        {
            return;
        }

        var wanted = _bestProfit;
        for (ulong i = 0; i <= MaxTies; i++)
        {
            var value = first + i;
            if (TryInput(value, out var input) && (input >= _bestInput || TryTake(input, wanted)))
            {
                return;
            }
        }
    }

    private bool TryTake(in UInt256 input, in UInt256 wanted)
    {
        var output = Output(_legs, input);
        if (output <= input || output - input != wanted)
        {
            return false;
        }

        _bestInput = input;
        return true;
    }

    /// <summary>Tries the two values at a distance from the closed form's.</summary>
    private void TryAround(int distance)
    {
        _left--;
        UInt256 offset = (ulong)distance;
        Try(_center + offset);
        if (distance != 0 && offset < _center)
        {
            Try(_center - offset);
        }
    }

    private void Try(in UInt256 value)
    {
        if (!TryInput(value, out var input))
        {
            return;
        }

        var output = Output(_legs, input);
        if (output > input)
        {
            var profit = output - input;
            if (profit > _bestProfit || (profit == _bestProfit && input < _bestInput))
            {
                (_bestInput, _bestProfit) = (input, profit);
            }
        }
    }

    /// <summary>The least input for which the pivot is at least <paramref name="value"/>.</summary>
    private readonly bool TryInput(in UInt256 value, out UInt256 input)
    {
        input = value;
        for (int i = _pivot - 1; i >= 0; i--)
        {
            ref readonly var leg = ref _legs[i];
            if (input >= leg.ReserveOut)
            {
                return false;
            }

            input = leg.LeastInput(input);
        }

        return !input.IsZero;
    }

    private readonly bool TryValuesFor(in UInt256 profit, out UInt256 first, out UInt256 last)
    {
        if (!_curve.TryInputsFor(WideNumber.Of(profit), out first, out last))
        {
            return false;
        }

        first = PivotOf(first);
        last = PivotOf(last);
        return true;
    }

    /// <summary>The value of the pivot for an input; a leg past its limit counts as at it.</summary>
    private readonly UInt256 PivotOf(in UInt256 input)
    {
        var amount = input;
        for (int i = 0; i < _pivot; i++)
        {
            var most = ProductLeg.MaxReserve - _legs[i].ReserveIn;
            amount = _legs[i].ExactInput(amount < most ? amount : most).AmountOut;
        }

        return amount;
    }

    /// <summary>The amount of the cycle that is in the fewest units, and its value there.</summary>
    private readonly (int Pivot, UInt256 Value) Pivot(in UInt256 input)
    {
        var best = (Index: 0, Value: input);
        var amount = input;
        for (int i = 0; i < _legs.Length; i++)
        {
            var most = ProductLeg.MaxReserve - _legs[i].ReserveIn;
            amount = _legs[i].ExactInput(amount < most ? amount : most).AmountOut;
            if (amount < best.Value)
            {
                best = (i + 1, amount);
            }
        }

        return best;
    }
}
