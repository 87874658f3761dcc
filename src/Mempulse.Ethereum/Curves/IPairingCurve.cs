using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Curves;

/// <summary>The parameters and steps of a pairing that depend on its curve.</summary>
internal interface IPairingCurve<TBase, TTower>
    where TBase : struct, IPrimeField<TBase>
    where TTower : struct, ITower<TBase>
{
    /// <summary>The type of the twist.</summary>
    static abstract LineShape Shape { get; }

    /// <summary>b of the twist's equation.</summary>
    static abstract Quadratic<TBase> TwistB { get; }

    /// <summary>Returns the product of the Miller loops of all pairs, before the final exponentiation.</summary>
    static abstract Dodecic<TBase, TTower> MillerLoop(
        ReadOnlySpan<AffinePoint<TBase>> firsts, ReadOnlySpan<AffinePoint<Quadratic<TBase>>> seconds);

    /// <summary>Raises the result of a Miller loop to the power that makes it unique.</summary>
    static abstract Dodecic<TBase, TTower> FinalExponentiation(in Dodecic<TBase, TTower> value);
}
