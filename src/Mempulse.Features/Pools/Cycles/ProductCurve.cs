using System.Numerics;
using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Cycles;

/// <summary>A cycle of constant product pools without rounding: a x / (b + c x) out for x in.</summary>
/// <remarks>
/// Each leg is such a function, so the cycle is one. Rounding only takes from the output, so this bounds the profit of every input from above.
/// Three legs give coefficients of some 380 bits and roots of numbers of some 760.
/// </remarks>
internal readonly struct ProductCurve
{
    private readonly BigInteger _a;
    private readonly BigInteger _b;
    private readonly BigInteger _c;

    /// <summary>The curve of a cycle.</summary>
    public ProductCurve(ReadOnlySpan<ProductLeg> legs)
    {
        (_a, _b, _c) = (BigInteger.One, BigInteger.One, BigInteger.Zero);
        foreach (ref readonly var leg in legs)
        {
            var lost = WideNumber.Of(leg.ReserveIn) * leg.Fee.Denominator;
            var priced = _a * leg.Fee.Numerator;
            (_a, _b, _c) = (priced * WideNumber.Of(leg.ReserveOut), lost * _b, (lost * _c) + priced);
        }
    }

    /// <summary>True if small inputs gain.</summary>
    public bool Gains => _a > _b;

    /// <summary>The best input, rounded down.</summary>
    public UInt256 BestInput() => Word((IntegerRoot.Floor(_a * _b) - _b) / _c);

    /// <summary>The best profit, rounded down: no input gains more. Zero if it is below one unit.</summary>
    public UInt256 MostProfit() => Word(BigInteger.Max(BigInteger.Zero, (_a + _b - IntegerRoot.Ceiling((_a * _b) << 2)) / _c));

    /// <summary>The inputs that may gain <paramref name="profit"/> or more.</summary>
    /// <returns>False if there are none.</returns>
    public bool TryInputsFor(in BigInteger profit, out UInt256 first, out UInt256 last)
    {
        // a x / (b + c x) - x >= p  is  c x^2 - (a - b - c p) x + b p <= 0.
        var middle = _a - _b - (_c * profit);
        var square = (middle * middle) - ((_b * _c * profit) << 2);
        (first, last) = (default, default);
        if (middle.Sign <= 0 || square.Sign < 0)
        {
            return false;
        }

        var root = IntegerRoot.Ceiling(square);
        var twice = _c << 1;
        (first, last) = (Word(BigInteger.Max(BigInteger.Zero, middle - root) / twice), Word(((middle + root) / twice) + BigInteger.One));
        return true;
    }

    /// <summary>A number as a word; the largest word if it does not fit.</summary>
    private static UInt256 Word(in BigInteger value)
    {
        var word = WideNumber.ToWord(value);
        return word.IsFailed ? UInt256.MaxValue : word.Value;
    }
}
