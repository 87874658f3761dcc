namespace Mempulse.Ethereum.Fields;

/// <summary>The parameter xi that defines a field tower of degree 12: v^3 = xi, w^2 = v.</summary>
internal interface ITower<TBase>
    where TBase : struct, IPrimeField<TBase>
{
    /// <summary>xi.</summary>
    static abstract Quadratic<TBase> NonResidue { get; }

    /// <summary>Multiplies by xi, using additions only.</summary>
    static abstract Quadratic<TBase> MultiplyByNonResidue(in Quadratic<TBase> value);
}
