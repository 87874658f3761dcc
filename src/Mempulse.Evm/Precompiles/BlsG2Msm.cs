using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Curves;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x0e: BLS12_G2MSM, multi-scalar multiplication in G2 (EIP-2537).</summary>
internal sealed class BlsG2Msm : IPrecompile
{
    private const int PairBytes = Bls12381Points.SecondBytes + Bls12381Points.ScalarBytes;

    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules)
    {
        int pairs = input.Length / PairBytes;
        return pairs * Eip2537.G2MulGas * BlsDiscounts.OfG2(pairs) / Eip2537.DiscountUnit;
    }

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        if (input.IsEmpty || input.Length % PairBytes != 0)
        {
            return false;
        }

        var points = new AffinePoint<Fp2>[input.Length / PairBytes];
        byte[] scalars = new byte[points.Length * Bls12381Points.ScalarBytes];
        for (int i = 0; i < points.Length; i++)
        {
            var pair = input.Slice(i * PairBytes, PairBytes);
            if (!Bls12381Points.TryReadSecondInGroup(pair, out points[i]))
            {
                return false;
            }

            pair[Bls12381Points.SecondBytes..].CopyTo(scalars.AsSpan(i * Bls12381Points.ScalarBytes));
        }

        var sum = Bls12381Sum.OfSecond(points, scalars);
        Bls12381Points.Write(sum.ToAffine(), output.Fill(Bls12381Points.SecondBytes));
        return true;
    }
}
