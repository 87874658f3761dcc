using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Cycles;

/// <summary>A bounded search for the best input of a cycle through pools of any family, on exact quotes.</summary>
/// <remarks>
/// Without rounding the profit rises to one peak and falls. The search first finds the power of two below the peak: from an input that gains it climbs, without one
/// it tries them all. Then it narrows by the golden section, until the profit is so flat that only rounding tells its inputs apart, or else to a small interval whose inputs
/// are all tried. Rounding can make it end beside the peak: what it returns is exact for its input, and the best of the inputs that it tried, never more than <see cref="MaxEvaluations"/>.
/// </remarks>
public sealed class CycleSearch
{
    /// <summary>Inputs that are tried at most; each asks every pool for one quote.</summary>
    public const int MaxEvaluations = 256;

    /// <summary>The longest cycle.</summary>
    public const int MaxLegs = 4;

    private const int MaxInputBits = 112;

    /// <summary>Width of an interval whose inputs are all tried.</summary>
    private const ulong LastWidth = 24;

    /// <summary>From a profit of so many bits on, two units are less than a millionth of it.</summary>
    private const int FlatProfitBits = 21;

    private static readonly int[] s_steps = [1, -1];

    private readonly IReadOnlyList<CycleLeg> _legs;
    private readonly int _most;
    private int _evaluations;
    private UInt256 _bestInput;
    private UInt256 _bestProfit;

    private CycleSearch(IReadOnlyList<CycleLeg> legs, int most) => (_legs, _most) = (legs, most);

    /// <summary>The best input that the search finds.</summary>
    /// <param name="legs">The cycle.</param>
    /// <param name="start">An input that gains, where the search begins; zero if none is known.</param>
    /// <param name="most">Inputs that are tried at most, up to <see cref="MaxEvaluations"/>. Fewer give an input near the best one.</param>
    /// <exception cref="ArgumentException">There are no legs, or more than <see cref="MaxLegs"/>.</exception>
    public static CycleOptimum Best(IReadOnlyList<CycleLeg> legs, UInt256 start = default, int most = MaxEvaluations)
    {
        ArgumentNullException.ThrowIfNull(legs);
        if (legs.Count is 0 or > MaxLegs)
        {
            throw new ArgumentException($"A cycle of {legs.Count} pools is not valid: expected 1 to {MaxLegs}.", nameof(legs));
        }

        var search = new CycleSearch(legs, Math.Min(most, MaxEvaluations));
        search.Run(start);
        return new CycleOptimum(search._bestInput, search._bestProfit, OptimumProof.Bounded);
    }

    /// <summary>What a cycle returns for an input, each leg's amount derived from the output before it; zero if a pool does not fill its swap.</summary>
    public static UInt256 Output(IReadOnlyList<CycleLeg> legs, in UInt256 input)
    {
        var amount = input;
        foreach (var leg in legs)
        {
            var quote = leg.Pool.QuoteExactInput(leg.TokenIn, leg.TokenOut, amount);
            if (!quote.IsFilled)
            {
                return UInt256.Zero;
            }

            amount = quote.AmountOut;
        }

        return amount;
    }

    private void Run(in UInt256 start)
    {
        if (!start.IsZero)
        {
            Gain(start);
        }

        int bits = _bestProfit.IsZero ? BestBits() : Climb(start.BitLength - 1);
        if (_bestProfit.IsZero)
        {
            return;
        }

        UInt256.ShiftLeft(UInt256.One, Math.Max(bits - 1, 0), out var low);
        UInt256.ShiftLeft(UInt256.One, bits + 1, out var high);
        Narrow(low, high);
    }

    /// <summary>The power of two that gains most.</summary>
    private int BestBits()
    {
        int best = 0;
        for (int bits = 0; bits < MaxInputBits; bits++)
        {
            UInt256.ShiftLeft(UInt256.One, bits, out var input);
            var before = _bestProfit;
            Gain(input);
            best = _bestProfit > before ? bits : best;
        }

        return best;
    }

    /// <summary>The power of two that gains most, from one near an input that gains: upwards, or else downwards.</summary>
    private int Climb(int bits)
    {
        var here = GainOfBits(bits);
        int best = bits;
        foreach (int step in s_steps)
        {
            while (best + step is >= 0 and < MaxInputBits && GainOfBits(best + step) is var next && next > here)
            {
                (here, best) = (next, best + step);
            }

            if (best != bits)
            {
                break;
            }
        }

        return best;
    }

    private UInt256 GainOfBits(int bits)
    {
        UInt256.ShiftLeft(UInt256.One, bits, out var input);
        return Gain(input);
    }

    private void Narrow(UInt256 low, UInt256 high)
    {
        var left = high - Share(high - low);
        var right = low + Share(high - low);
        var (leftGain, rightGain) = (Gain(left), Gain(right));
        bool wasFlat = false;
        while (high - low > LastWidth && _evaluations < _most - (int)LastWidth - 2)
        {
            bool isFlat = IsFlat(leftGain, rightGain);
            if (isFlat && wasFlat)
            {
                return; // twice, since two inputs on either side of the peak may gain the same
            }

            wasFlat = isFlat;
            if (leftGain >= rightGain)
            {
                (high, right, rightGain) = (right, left, leftGain);
                left = high - Share(high - low);
                leftGain = Gain(left);
            }
            else
            {
                (low, left, leftGain) = (left, right, rightGain);
                right = low + Share(high - low);
                rightGain = Gain(right);
            }

            if (left >= right)
            {
                // Rounding of the shares adds up.
                (left, right) = (high - Share(high - low), low + Share(high - low));
                (leftGain, rightGain) = (Gain(left), Gain(right));
            }
        }

        for (ulong i = 0; high - low <= LastWidth && i <= LastWidth && _evaluations < _most; i++)
        {
            Gain(low + i);
        }
    }

    /// <summary>True if two gains differ by what rounding makes of equal ones.</summary>
    private bool IsFlat(in UInt256 left, in UInt256 right) =>
        _bestProfit.BitLength >= FlatProfitBits && (left > right ? left - right : right - left) <= UInt256.One;

    /// <summary>The golden section of a width.</summary>
    private static UInt256 Share(in UInt256 width)
    {
        // 0.618 in units of 2^-16.
        UInt256.ShiftRight(width * 40_503, 16, out var share);
        return share;
    }

    /// <summary>The profit of an input, as a number that compares in the order of profits: 2^255 stands for zero.</summary>
    private UInt256 Gain(in UInt256 input)
    {
        _evaluations++;
        var output = Output(_legs, input);
        var zero = new UInt256(0, 0, 0, 1UL << 63);
        if (output <= input)
        {
            return zero - (input - output);
        }

        var profit = output - input;
        if (profit > _bestProfit || (profit == _bestProfit && input < _bestInput))
        {
            (_bestInput, _bestProfit) = (input, profit);
        }

        return zero + profit;
    }
}
