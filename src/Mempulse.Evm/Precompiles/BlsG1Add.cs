using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Curves;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x0b: BLS12_G1ADD, the sum of two points of the curve; there is no subgroup check (EIP-2537).</summary>
internal sealed class BlsG1Add : IPrecompile
{
    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => Eip2537.G1AddGas;

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        if (input.Length != 2 * Bls12381Points.FirstBytes
            || !Bls12381Points.TryReadFirst(input, out var left)
            || !Bls12381Points.TryReadFirst(input[Bls12381Points.FirstBytes..], out var right))
        {
            return false;
        }

        var sum = JacobianPoint<Fp>.Add(new JacobianPoint<Fp>(left), new JacobianPoint<Fp>(right));
        Bls12381Points.Write(sum.ToAffine(), output.Fill(Bls12381Points.FirstBytes));
        return true;
    }
}
