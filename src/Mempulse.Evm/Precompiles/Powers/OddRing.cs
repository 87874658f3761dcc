using System.Numerics;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Evm.Precompiles.Powers;

/// <summary>Residues modulo an odd number of n limbs, in Montgomery form: x is represented by x 2^(64 n).</summary>
/// <remarks>Montgomery, Modular multiplication without trial division, 1985; coarsely integrated operand scanning (CIOS), Acar.</remarks>
internal readonly struct OddRing : IResidueRing
{
    private readonly BigInteger _modulus;
    private readonly ulong[] _limbs;
    private readonly ulong _negativeInverse;

    public OddRing(BigInteger modulus)
    {
        _modulus = modulus;
        _limbs = new ulong[(int)((modulus.GetBitLength() + LimbNumber.LimbBits - 1) / LimbNumber.LimbBits)];
        LimbNumber.Read(modulus, _limbs);
        _negativeInverse = unchecked(0 - EvenRing.InverseOfLimb(_limbs[0])); // modulo 2^64
    }

    public int LimbCount => _limbs.Length;

    /// <summary>Converts a number to Montgomery form.</summary>
    public void ToMontgomery(BigInteger number, Span<ulong> residue) =>
        LimbNumber.Read((number << (LimbCount * LimbNumber.LimbBits)) % _modulus, residue);

    /// <summary>Converts from Montgomery form, by a product with plain 1.</summary>
    public void FromMontgomery(ReadOnlySpan<ulong> residue, Span<ulong> number)
    {
        var one = new ulong[LimbCount];
        one[0] = 1;
        Multiply(residue, one, number);
    }

    public void Multiply(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> result)
    {
        ReadOnlySpan<ulong> modulus = _limbs;
        if (modulus.Length == 1)
        {
            result[0] = MultiplyLimb(left[0], right[0], modulus[0]);
            return;
        }

        left = left[..modulus.Length];
        result = result[..modulus.Length];
        result.Clear();
        ulong above = 0; // the limb above the result's: 0 or 1 between rounds
        foreach (ulong factor in right[..modulus.Length])
        {
            ulong carry = 0;
            for (int j = 0; j < result.Length; j++)
            {
                result[j] = LimbMath.MultiplyAdd(left[j], factor, result[j], ref carry);
            }

            ulong overflow = 0;
            above = LimbMath.AddCarry(above, carry, ref overflow);
            ulong multiple = unchecked(result[0] * _negativeInverse); // modulo 2^64 by definition
            carry = 0;
            _ = LimbMath.MultiplyAdd(modulus[0], multiple, result[0], ref carry);
            for (int j = 1; j < result.Length; j++)
            {
                result[j - 1] = LimbMath.MultiplyAdd(modulus[j], multiple, result[j], ref carry);
            }

            ulong next = 0;
            result[^1] = LimbMath.AddCarry(above, carry, ref next);
            above = overflow + next;
        }

        if (above != 0 || LimbNumber.IsAtLeast(result, modulus))
        {
            LimbNumber.Subtract(result, modulus);
        }
    }

    /// <summary>Multiplies modulo a single limb without loops, because the gas price is lowest there.</summary>
    private ulong MultiplyLimb(ulong left, ulong right, ulong modulus)
    {
        unchecked // carries are detected by comparison
        {
            ulong low = left * right;
            ulong high = LimbMath.MultiplyHigh(left, right);
            ulong carried = LimbMath.MultiplyHigh(low * _negativeInverse, modulus) + (low != 0 ? 1UL : 0UL);
            ulong sum = high + carried;
            return sum < high || sum >= modulus ? sum - modulus : sum;
        }
    }
}
