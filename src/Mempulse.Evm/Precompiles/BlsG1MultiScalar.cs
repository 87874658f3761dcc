using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Curves;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x0c: the sum of points of the first group, each times a number (EIP-2537).</summary>
internal sealed class BlsG1MultiScalar : IPrecompile
{
    private const int PairBytes = Bls12381Points.FirstBytes + Bls12381Points.ScalarBytes;

    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules)
    {
        int pairs = input.Length / PairBytes;
        return pairs * Eip2537.G1MulGas * BlsDiscounts.OfG1(pairs) / Eip2537.DiscountUnit;
    }

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        if (input.IsEmpty || input.Length % PairBytes != 0)
        {
            return false;
        }

        JacobianPoint<Fp> sum = default;
        for (; !input.IsEmpty; input = input[PairBytes..])
        {
            if (!Bls12381Points.TryReadFirstInGroup(input, out var point))
            {
                return false;
            }

            var scalar = input.Slice(Bls12381Points.FirstBytes, Bls12381Points.ScalarBytes);
            sum = JacobianPoint<Fp>.Add(sum, JacobianPoint<Fp>.Multiply(new JacobianPoint<Fp>(point), scalar));
        }

        Bls12381Points.Write(sum.ToAffine(), output.Fill(Bls12381Points.FirstBytes));
        return true;
    }
}
