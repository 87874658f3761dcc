using Mempulse.Ethereum.Bls12381;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x11: BLS12_MAP_FP2_TO_G2, maps an element of the quadratic field to G2 (EIP-2537).</summary>
internal sealed class BlsMapG2 : IPrecompile
{
    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => Eip2537.MapG2Gas;

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        if (input.Length != 2 * Bls12381Points.FieldBytes || !Bls12381Points.TryReadQuadratic(input, out var value))
        {
            return false;
        }

        Bls12381Points.Write(SwuMap.Map<Fp2, SwuG2>(value), output.Fill(Bls12381Points.SecondBytes));
        return true;
    }
}
