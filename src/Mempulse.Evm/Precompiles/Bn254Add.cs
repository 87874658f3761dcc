using Mempulse.Ethereum.Bn254;
using Mempulse.Ethereum.Curves;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Fp = Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x06: ECADD, the sum of two points on BN254, also known as alt_bn128 (EIP-196).</summary>
internal sealed class Bn254Add : IPrecompile
{
    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => rules.Has(Fork.Istanbul) ? Eip1108.AddGas : Eip196.AddGas;

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        Span<byte> padded = stackalloc byte[2 * Bn254Points.FirstBytes];
        padded.Clear();
        input[..Math.Min(input.Length, padded.Length)].CopyTo(padded);
        if (!Bn254Points.TryReadFirst(padded[..Bn254Points.FirstBytes], out var left)
            || !Bn254Points.TryReadFirst(padded[Bn254Points.FirstBytes..], out var right))
        {
            return false;
        }

        var sum = JacobianPoint<Fp>.Add(new JacobianPoint<Fp>(left), new JacobianPoint<Fp>(right));
        Bn254Points.Write(sum, output.Fill(Bn254Points.FirstBytes));
        return true;
    }
}
