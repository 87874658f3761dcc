namespace Mempulse.Evm.Precompiles.Powers;

/// <summary>Multiplication modulo a number, in the ring's own representation of residues.</summary>
internal interface IResidueRing
{
    /// <summary>Number of limbs of a residue.</summary>
    int LimbCount { get; }

    /// <summary>Writes the product to <paramref name="result"/>, which must not overlap the factors.</summary>
    void Multiply(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> result);
}
