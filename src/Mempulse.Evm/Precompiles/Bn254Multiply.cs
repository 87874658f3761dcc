using Mempulse.Ethereum.Bn254;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x07: ECMUL, scalar multiplication on BN254 (EIP-196).</summary>
internal sealed class Bn254Multiply : IPrecompile
{
    private const int ScalarBytes = 32;

    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => rules.Has(Fork.Istanbul) ? Eip1108.MulGas : Eip196.MulGas;

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        Span<byte> padded = stackalloc byte[Bn254Points.FirstBytes + ScalarBytes];
        padded.Clear();
        input[..Math.Min(input.Length, padded.Length)].CopyTo(padded);
        if (!Bn254Points.TryReadFirst(padded[..Bn254Points.FirstBytes], out var point))
        {
            return false;
        }

        var product = Bn254Product.Of(point, padded[Bn254Points.FirstBytes..]);
        Bn254Points.Write(product, output.Fill(Bn254Points.FirstBytes));
        return true;
    }
}
