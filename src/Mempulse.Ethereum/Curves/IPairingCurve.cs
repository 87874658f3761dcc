using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Curves;

/// <summary>What a pairing wants to know of its curve.</summary>
internal interface IPairingCurve<TBase, TTower>
    where TBase : struct, IPrimeField<TBase>
    where TTower : struct, ITower<TBase>
{
    /// <summary>The kind of twist.</summary>
    static abstract LineShape Shape { get; }

    /// <summary>b of the twist.</summary>
    static abstract Quadratic<TBase> TwistB { get; }

    /// <summary>1/2.</summary>
    static abstract TBase Half { get; }

    /// <summary>The product of the Miller loops of all pairs, before the last power.</summary>
    static abstract Dodecic<TBase, TTower> MillerLoop(
        ReadOnlySpan<AffinePoint<TBase>> firsts, ReadOnlySpan<AffinePoint<Quadratic<TBase>>> seconds);

    /// <summary>The power that makes the result unique.</summary>
    static abstract Dodecic<TBase, TTower> LastPower(in Dodecic<TBase, TTower> value);
}
