using System.Text;
using Mempulse.Benchmarks.Node;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Benchmarks.Devp2p;

/// <summary>A signed token transfer, as in a pool.</summary>
internal sealed record AnnouncedTx(Hash256 Hash, ReadOnlyMemory<byte> Raw)
{
    public const byte Type = 2;

    private const int InputBytes = 68;

    /// <summary>The given number of transfers, the same in every run.</summary>
    public static List<AnnouncedTx> Make(int count)
    {
        var signer = new QuickSigner(Keccak256.Hash(Encoding.UTF8.GetBytes("mempulse peers")).ToArray());
        var decoder = new TransactionDecoder(new BouncyCastleRecovery(), TransactionRules.AnyChain);
        byte[] input = new byte[InputBytes];
        var made = new List<AnnouncedTx>(count);
        for (int nonce = 0; nonce < count; nonce++)
        {
            var tx = new SignedTransaction
            {
                Type = TxType.DynamicFee,
                ChainId = new ChainId(1),
                Nonce = new Nonce((ulong)nonce),
                GasLimit = new Gas(65_000),
                Recipient = signer.Account,
                Value = default,
                MaxFeePerGas = new Wei(30_000_000_000),
                Input = input,
                Signature = new EcdsaSignature(1, 1, YParity: 0),
            };
            if (!decoder.TryDecode(TransactionEncoder.Encode(tx), TxForm.Consensus, out var view, out var failure))
            {
                throw new InvalidDataException(failure.ToString());
            }

            byte[] raw = TransactionEncoder.Encode(tx with { Signature = signer.Sign(view.ComputeSigningHash()) });
            made.Add(new AnnouncedTx(Keccak256.Hash(raw), raw));
        }

        return made;
    }
}
