using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>An account whose key is the hash of its name. The key is public, so the account must never hold anything.</summary>
internal sealed class ThrowawayAccount
{
    private static readonly EcdsaSignature Unsigned = new(UInt256.One, UInt256.One, YParity: 0);

    private readonly EcdsaSigner _signer;

    public ThrowawayAccount(string name) => _signer = new EcdsaSigner(Keccak256.Hash(Encoding.UTF8.GetBytes(name)).ToArray());

    public Address Address => _signer.Account;

    /// <summary>Signs a transfer of nothing to itself.</summary>
    public (Hash256 Hash, byte[] Raw) Sign(ChainId chain, ulong nonce, ulong tipGwei)
    {
        const ulong weiPerGwei = 1_000_000_000;
        var unsigned = new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = chain,
            Nonce = new Nonce(nonce),
            GasLimit = new Gas(21_000),
            Recipient = Address,
            Value = default,
            MaxFeePerGas = new Wei(tipGwei * 10 * weiPerGwei),
            MaxPriorityFeePerGas = new Wei(tipGwei * weiPerGwei),
            Input = default,
            Signature = Unsigned,
        };
        byte[] raw = TransactionEncoder.Encode(TransactionSigner.Sign(unsigned, _signer));
        return (Keccak256.Hash(raw), raw);
    }
}
