using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Exposure;

/// <summary>Finds by exact quotes how a pending swap could be sandwiched, what it would lose, and the minimum at which that would not pay.</summary>
/// <remarks>
/// What the swap receives falls as the front-run grows, so the largest one is enclosed between two inputs and the enclosure narrowed, by
/// interpolation and at worst by halves, until they are neighbours or the quotes are used up.
/// </remarks>
public sealed class ExposureSearch
{
    /// <summary>Quotes that are asked for at most, for a pool of any family.</summary>
    public const int MaxQuotes = 64;

    /// <summary>Quotes with which the bounds of a constant product pool are always exact: two for each of 112 bits, three times over.</summary>
    public const int ExactQuotes = 672;

    private const int MaxInputBits = 128;
    private const int ProbeQuotes = 2;
    private const int OutcomeQuotes = 3;
    private const int MaxSlowSteps = 3;

    private readonly IPool _pool;
    private readonly int _tokenIn;
    private readonly int _tokenOut;
    private readonly UInt256 _amountIn;
    private int _quotesLeft;

    private ExposureSearch(IPool pool, int tokenIn, int tokenOut, in UInt256 amountIn, int quotes)
    {
        (_pool, _tokenIn, _tokenOut, _amountIn, _quotesLeft) = (pool, tokenIn, tokenOut, amountIn, quotes);
    }

    /// <summary>The exposure of a swap of exactly <paramref name="amountIn"/>.</summary>
    /// <param name="pool">The pool before the swap.</param>
    /// <param name="tokenIn">The token that the swap gives.</param>
    /// <param name="tokenOut">The token that it receives.</param>
    /// <param name="amountIn">What it gives.</param>
    /// <param name="minimumOut">The least that it accepts.</param>
    /// <param name="quotes">Quotes that may be asked for; at least 8.</param>
    /// <param name="exposure">The exposure.</param>
    /// <returns>False if the pool does not fill the swap as it is, so that nothing is exposed.</returns>
    public static bool TryFind(IPool pool, int tokenIn, int tokenOut, in UInt256 amountIn, in UInt256 minimumOut, int quotes, out SwapExposure exposure)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentOutOfRangeException.ThrowIfLessThan(quotes, 8);
        var search = new ExposureSearch(pool, tokenIn, tokenOut, amountIn, quotes);
        var quoted = search.OutputAfter(UInt256.Zero);
        exposure = default;
        if (quoted.IsZero || quoted < minimumOut)
        {
            return false;
        }

        var bounds = search.Enclose(quoted, minimumOut);
        bounds = search.Narrow(bounds, minimumOut);
        var (output, soldFor) = search.Outcome(bounds.Filled);
        exposure = new SwapExposure(quoted, bounds.Filled, bounds.Unfilled, output, soldFor);
        return true;
    }

    /// <summary>The least minimum with which no front-run gains more than <paramref name="cost"/>, as far as the quotes go.</summary>
    /// <param name="pool">The pool before the swap.</param>
    /// <param name="tokenIn">The token that the swap gives.</param>
    /// <param name="tokenOut">The token that it receives.</param>
    /// <param name="amountIn">What it gives.</param>
    /// <param name="exposure">Its exposure.</param>
    /// <param name="cost">What an attack costs besides, in the token that the swap gives.</param>
    /// <param name="quotes">Quotes that may be asked for.</param>
    /// <returns>The minimum; zero if no front-run up to the largest pays, so that the swap's own minimum is safe.</returns>
    public static UInt256 SaferMinimum(IPool pool, int tokenIn, int tokenOut, in UInt256 amountIn, in SwapExposure exposure, in UInt256 cost, int quotes)
    {
        ArgumentNullException.ThrowIfNull(pool);
        var search = new ExposureSearch(pool, tokenIn, tokenOut, amountIn, quotes);
        var unpaid = UInt256.Zero;
        var paid = exposure.FrontRun;
        var safe = exposure.Quoted;
        var (exposed, soldFor) = search.Outcome(paid);
        if (!Pays(paid, soldFor, cost))
        {
            return UInt256.Zero;
        }

        // The gain rises from nothing with the front-run until it pays.
        while (paid - unpaid > UInt256.One && search._quotesLeft >= OutcomeQuotes)
        {
            var middle = Half(paid + unpaid);
            var (output, sold) = search.Outcome(middle);
            if (Pays(middle, sold, cost))
            {
                (paid, exposed) = (middle, output);
            }
            else
            {
                (unpaid, safe) = (middle, output);
            }
        }

        // One more than what an attack that pays leaves; while front-runs between are not known, what the largest that does not pay leaves.
        var minimum = paid - unpaid == UInt256.One || safe <= exposed ? exposed + UInt256.One : safe;
        return minimum < exposure.Quoted ? minimum : exposure.Quoted;
    }

    private static bool Pays(in UInt256 frontRun, in UInt256 soldFor, in UInt256 cost)
    {
        var needed = UInt256.Add(frontRun, cost, out bool isWrapped);
        return !isWrapped && soldFor > needed;
    }

    /// <summary>Two front-runs, with the first of which the swap is filled and with the second not.</summary>
    private Bounds Enclose(in UInt256 quoted, in UInt256 minimum)
    {
        var bounds = new Bounds(UInt256.Zero, quoted, UInt256.Zero, UInt256.Zero);
        var input = _amountIn;
        while (input.BitLength <= MaxInputBits && _quotesLeft >= ProbeQuotes + OutcomeQuotes)
        {
            var output = OutputAfter(input);
            if (output.IsZero || output < minimum)
            {
                return bounds with { Unfilled = input, UnfilledOutput = output };
            }

            bounds = bounds with { Filled = input, FilledOutput = output };
            UInt256.ShiftLeft(input, 2, out input);
        }

        return bounds with { Unfilled = input };
    }

    /// <summary>Narrows by false position with the Illinois rule, and by a halving wherever three of its steps did not halve the width.</summary>
    private Bounds Narrow(Bounds bounds, in UInt256 minimum)
    {
        var surplus = bounds.FilledOutput - minimum;
        var deficit = minimum - bounds.UnfilledOutput;
        var goal = bounds.Unfilled - bounds.Filled;
        int steps = 0;
        bool? wasFilled = null;
        while (bounds.Unfilled - bounds.Filled > UInt256.One && _quotesLeft >= ProbeQuotes + OutcomeQuotes)
        {
            bool isHalving = steps == MaxSlowSteps;
            var input = isHalving ? Middle(bounds) : Interpolate(bounds, surplus, deficit);
            var output = OutputAfter(input);
            bool isFilled = !output.IsZero && output >= minimum;
            if (isFilled)
            {
                bounds = bounds with { Filled = input, FilledOutput = output };
                surplus = output - minimum;
                deficit = wasFilled == true ? Half(deficit) : deficit;
            }
            else
            {
                bounds = bounds with { Unfilled = input, UnfilledOutput = output };
                deficit = minimum - output;
                surplus = wasFilled == false ? Half(surplus) : surplus;
            }

            wasFilled = isFilled;
            steps++;
            if (isHalving || bounds.Unfilled - bounds.Filled <= Half(goal))
            {
                (goal, steps) = (bounds.Unfilled - bounds.Filled, 0);
            }
        }

        return bounds;
    }

    private static UInt256 Middle(in Bounds bounds) => bounds.Filled + Half(bounds.Unfilled - bounds.Filled);

    /// <summary>Where a straight line between the bounds meets the minimum; inside of them.</summary>
    private static UInt256 Interpolate(in Bounds bounds, in UInt256 surplus, in UInt256 deficit)
    {
        var width = bounds.Unfilled - bounds.Filled;
        UInt256.TryMultiplyDivide(width, surplus, surplus + deficit, out var share, out _);
        if (share.IsZero)
        {
            return bounds.Filled + UInt256.One;
        }

        return share < width ? bounds.Filled + share : bounds.Unfilled - UInt256.One;
    }

    private static UInt256 Half(in UInt256 value)
    {
        UInt256.ShiftRight(value, 1, out var half);
        return half;
    }

    /// <summary>What the swap receives after a front-run; zero if it, or the front-run, is not filled.</summary>
    private UInt256 OutputAfter(in UInt256 frontRun)
    {
        _quotesLeft -= frontRun.IsZero ? 1 : ProbeQuotes;
        var (pool, _) = After(frontRun);
        var quote = pool?.QuoteExactInput(_tokenIn, _tokenOut, _amountIn) ?? default;
        return quote.IsFilled ? quote.AmountOut : UInt256.Zero;
    }

    /// <summary>What the swap receives after a front-run, and what the front-runner then gets for what it bought.</summary>
    private (UInt256 Output, UInt256 SoldFor) Outcome(in UInt256 frontRun)
    {
        _quotesLeft -= OutcomeQuotes;
        var (pool, bought) = After(frontRun);
        if (pool is null)
        {
            return default;
        }

        var swapped = pool.SwapExactInput(_tokenIn, _tokenOut, _amountIn);
        return (swapped.Quote.AmountOut, bought.IsZero ? UInt256.Zero : swapped.After.QuoteExactInput(_tokenOut, _tokenIn, bought).AmountOut);
    }

    /// <summary>The pool after a front-run and what that bought; null if the pool does not fill it.</summary>
    private (IPool? Pool, UInt256 Bought) After(in UInt256 frontRun)
    {
        if (frontRun.IsZero)
        {
            return (_pool, UInt256.Zero);
        }

        var swap = _pool.SwapExactInput(_tokenIn, _tokenOut, frontRun);
        return swap.Quote.Failure switch
        {
            QuoteFailure.None => (swap.After, swap.Quote.AmountOut),
            QuoteFailure.NothingReceived when _pool is ConstantProductPool product => (product.Given(_tokenIn, frontRun), UInt256.Zero),
            _ => (null, UInt256.Zero),
        };
    }

    private readonly record struct Bounds(UInt256 Filled, UInt256 FilledOutput, UInt256 Unfilled, UInt256 UnfilledOutput);
}
