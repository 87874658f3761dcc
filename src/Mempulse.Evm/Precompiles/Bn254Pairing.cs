using Mempulse.Ethereum.Bn254;
using Mempulse.Ethereum.Curves;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Fp = Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>>;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x08: ECPAIRING, whether a product of pairings on BN254 is one (EIP-197).</summary>
internal sealed class Bn254Pairing : IPrecompile
{
    private const int PairBytes = Bn254Points.FirstBytes + Bn254Points.SecondBytes;
    private const int WordBytes = 32;

    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules)
    {
        long pairs = input.Length / PairBytes;
        return rules.Has(Fork.Istanbul)
            ? Eip1108.PairingBaseGas + (pairs * Eip1108.PairingPairGas)
            : Eip197.PairingBaseGas + (pairs * Eip197.PairingPairGas);
    }

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        if (input.Length % PairBytes != 0)
        {
            return false;
        }

        var firsts = new AffinePoint<Fp>[input.Length / PairBytes];
        var seconds = new AffinePoint<Fp2>[firsts.Length];
        for (int i = 0; i < firsts.Length; i++)
        {
            var pair = input.Slice(i * PairBytes, PairBytes);
            if (!Bn254Points.TryReadFirst(pair[..Bn254Points.FirstBytes], out firsts[i])
                || !Bn254Points.TryReadSecond(pair[Bn254Points.FirstBytes..], out seconds[i]))
            {
                return false;
            }
        }

        var word = output.Fill(WordBytes);
        word.Clear();
        word[^1] = Pairing.IsProductOne<Fp, Bn254Tower, Bn254Curve>(firsts, seconds) ? (byte)1 : (byte)0;
        return true;
    }
}
