namespace Mempulse.Evm.Precompiles.Powers;

/// <summary>Multiplication modulo a number, in whatever form its residues stand.</summary>
internal interface IResidueRing
{
    /// <summary>Limbs of a residue.</summary>
    int LimbCount { get; }

    /// <summary>The product goes to <paramref name="result"/>, which must be neither of the factors.</summary>
    void Multiply(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> result);
}
