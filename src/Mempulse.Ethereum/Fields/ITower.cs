namespace Mempulse.Ethereum.Fields;

/// <summary>What sets one tower of degree twelve apart from another: v^3 = xi, w^2 = v.</summary>
internal interface ITower<TBase>
    where TBase : struct, IPrimeField<TBase>
{
    /// <summary>xi.</summary>
    static abstract Quadratic<TBase> NonResidue { get; }

    /// <summary>A product with xi, by additions.</summary>
    static abstract Quadratic<TBase> MultiplyByNonResidue(in Quadratic<TBase> value);
}
