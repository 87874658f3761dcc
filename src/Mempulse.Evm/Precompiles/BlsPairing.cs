using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Curves;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x0f: BLS12_PAIRING_CHECK, whether a product of pairings on BLS12-381 is one (EIP-2537).</summary>
internal sealed class BlsPairing : IPrecompile
{
    private const int PairBytes = Bls12381Points.FirstBytes + Bls12381Points.SecondBytes;
    private const int WordBytes = 32;

    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) =>
        Eip2537.PairingBaseGas + (input.Length / PairBytes * Eip2537.PairingPairGas);

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        if (input.IsEmpty || input.Length % PairBytes != 0)
        {
            return false;
        }

        var firsts = new AffinePoint<Fp>[input.Length / PairBytes];
        var seconds = new AffinePoint<Fp2>[firsts.Length];
        for (int i = 0; i < firsts.Length; i++)
        {
            var pair = input.Slice(i * PairBytes, PairBytes);
            if (!Bls12381Points.TryReadFirstInGroup(pair, out firsts[i])
                || !Bls12381Points.TryReadSecondInGroup(pair[Bls12381Points.FirstBytes..], out seconds[i]))
            {
                return false;
            }
        }

        var word = output.Fill(WordBytes);
        word.Clear();
        word[^1] = Pairing.IsProductOne<Fp, Bls12381Tower, Bls12381Curve>(firsts, seconds) ? (byte)1 : (byte)0;
        return true;
    }
}
