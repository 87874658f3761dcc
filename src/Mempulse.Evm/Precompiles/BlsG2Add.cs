using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Curves;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x0d: BLS12_G2ADD, the sum of two points of the twist; there is no subgroup check (EIP-2537).</summary>
internal sealed class BlsG2Add : IPrecompile
{
    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => Eip2537.G2AddGas;

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        if (input.Length != 2 * Bls12381Points.SecondBytes
            || !Bls12381Points.TryReadSecond(input, out var left)
            || !Bls12381Points.TryReadSecond(input[Bls12381Points.SecondBytes..], out var right))
        {
            return false;
        }

        var sum = JacobianPoint<Fp2>.Add(new JacobianPoint<Fp2>(left), new JacobianPoint<Fp2>(right));
        Bls12381Points.Write(sum.ToAffine(), output.Fill(Bls12381Points.SecondBytes));
        return true;
    }
}
