using Mempulse.Ethereum.Bls12381;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x10: BLS12_MAP_FP_TO_G1, maps a field element to G1 (EIP-2537).</summary>
internal sealed class BlsMapG1 : IPrecompile
{
    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => Eip2537.MapG1Gas;

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        if (input.Length != Bls12381Points.FieldBytes || !Bls12381Points.TryReadField(input, out var value))
        {
            return false;
        }

        Bls12381Points.Write(SwuMap.Map<Fp, SwuG1>(value), output.Fill(Bls12381Points.FirstBytes));
        return true;
    }
}
