using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Mempulse.Cli.Captures.Making;

/// <summary>An account whose key is the hash of its name. The key is public, so the account must never hold anything.</summary>
internal sealed class ThrowawayAccount
{
    private static readonly ECDomainParameters s_curve = new(SecNamedCurves.GetByName("secp256k1"));
    private static readonly EcdsaSignature s_placeholder = new(UInt256.One, UInt256.One, 0);

    private readonly ISenderRecovery _recovery = new BouncyCastleRecovery();
    private readonly TransactionDecoder _decoder;
    private readonly BigInteger _key;

    public ThrowawayAccount(string name)
    {
        _decoder = new TransactionDecoder(_recovery, TransactionRules.AnyChain);
        _key = new BigInteger(1, Keccak256.Hash(Encoding.UTF8.GetBytes(name)).ToArray()).Mod(s_curve.N);
        Address = SignerAddress.OfPublicKey(s_curve.G.Multiply(_key).Normalize().GetEncoded(compressed: false).AsSpan(1));
    }

    public Address Address { get; }

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
            Signature = s_placeholder,
        };
        byte[] raw = TransactionEncoder.Encode(unsigned with { Signature = Sign(SigningHashOf(unsigned)) });
        return (Keccak256.Hash(raw), raw);
    }

    private Hash256 SigningHashOf(SignedTransaction unsigned)
    {
        bool isDecoded = _decoder.TryDecode(TransactionEncoder.Encode(unsigned), TxForm.Consensus, out var tx, out var failure);
        return isDecoded ? tx.ComputeSigningHash() : throw new InvalidOperationException(failure.ToString());
    }

    /// <summary>Signs by RFC 6979, so that a transaction always has the same signature, with a low s as EIP-2 requires.</summary>
    private EcdsaSignature Sign(Hash256 digest)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(forSigning: true, new ECPrivateKeyParameters(_key, s_curve));
        var parts = signer.GenerateSignature(digest.ToArray());
        var low = parts[1].CompareTo(s_curve.N.ShiftRight(1)) > 0 ? s_curve.N.Subtract(parts[1]) : parts[1];
        for (byte parity = 0; parity <= 1; parity++)
        {
            var signature = new EcdsaSignature(ToWord(parts[0]), ToWord(low), parity);
            if (_recovery.TryRecover(digest, signature, out var signerAddress) && signerAddress == Address)
            {
                return signature;
            }
        }

        throw new InvalidOperationException("A new signature does not recover to its signer.");
    }

    private static UInt256 ToWord(BigInteger value) => UInt256.FromBigEndian(value.ToByteArrayUnsigned());
}
