using System.Runtime.InteropServices;
using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;
using Fr = Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bls12381.Bls12381Order>;

namespace Mempulse.Ethereum.Kzg;

/// <summary>Checks many openings as one equation of two pairings, where each opening has a weight that the prover cannot choose.</summary>
/// <remarks>
/// An opening claims that p - i is divisible by X^n - a, where i is the remainder and the proof is the quotient at tau:
/// e(proof, tau^n G2) = e(C - i(tau) G1 + a proof, G2). For n = 1 the remainder is the value at a (EIP-4844); for n = 64 it is the polynomial
/// through a cell (EIP-7594).
/// </remarks>
internal sealed class OpeningBatch
{
    /// <summary>Size of a weight in bytes: a false batch passes with a probability of 2^-128.</summary>
    public const int WeightBytes = 16;

    private const int ScalarBytes = 32;

    private readonly List<AffinePoint<Fp>> _terms = [];
    private readonly List<byte> _factors = [];
    private readonly List<AffinePoint<Fp>> _proofs = [];
    private readonly List<byte> _weights = [];
    private readonly Fr[] _remainder = new Fr[TrustedSetup.CellElements];

    /// <summary>Starts an empty batch.</summary>
    public void Clear()
    {
        _terms.Clear();
        _factors.Clear();
        _proofs.Clear();
        _weights.Clear();
        Array.Clear(_remainder);
    }

    /// <summary>Adds a commitment with the sum of the weights of its openings.</summary>
    public void AddCommitment(in AffinePoint<Fp> commitment, in Fr weight) => AddTerm(commitment, weight);

    /// <summary>Adds a proof with its weight, which is below 2^128, and the a of its divisor.</summary>
    public void AddProof(in AffinePoint<Fp> proof, in Fr weight, in Fr shift)
    {
        AddTerm(proof, Fr.Multiply(weight, shift));
        Span<byte> bytes = stackalloc byte[ScalarBytes];
        weight.Write(bytes);
        _proofs.Add(proof);
        _weights.AddRange(bytes[^WeightBytes..]);
    }

    /// <summary>Adds the weighted coefficient of X^power of a remainder.</summary>
    public void AddRemainder(int power, in Fr weighted) => _remainder[power] = Fr.Add(_remainder[power], weighted);

    /// <summary>True if all openings hold.</summary>
    /// <param name="power">tau^n G2, with the n of all openings.</param>
    public bool Holds(in AffinePoint<Fp2> power)
    {
        for (int i = 0; i < _remainder.Length; i++)
        {
            if (!_remainder[i].IsZero)
            {
                AddTerm(TrustedSetup.FirstPowers[i], Fr.Negate(_remainder[i]));
            }
        }

        var left = Bls12381Sum.OfFirst(CollectionsMarshal.AsSpan(_terms), CollectionsMarshal.AsSpan(_factors)).ToAffine();
        var right = MultiScalar.Sum<Fp>(CollectionsMarshal.AsSpan(_proofs), CollectionsMarshal.AsSpan(_weights), WeightBytes).ToAffine();
        return Pairing.IsProductOne<Fp, Bls12381Tower, Bls12381Curve>([left, right], [Bls12381Curve.SecondGenerator.Negated(), power]);
    }

    private void AddTerm(in AffinePoint<Fp> point, in Fr factor)
    {
        Span<byte> bytes = stackalloc byte[ScalarBytes];
        factor.Write(bytes);
        _terms.Add(point);
        _factors.AddRange(bytes);
    }
}
