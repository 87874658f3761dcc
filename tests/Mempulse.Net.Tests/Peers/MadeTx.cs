using System.Security.Cryptography;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Net.Peers;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Peers;

/// <summary>A signed transaction in network form, with the fields that a peer announces.</summary>
internal sealed record MadeTx(Hash256 Hash, byte Type, uint SizeBytes, ReadOnlyMemory<byte> Raw)
{
    private static readonly EcdsaSigner Signer = new([.. Enumerable.Repeat((byte)7, EcdsaSigner.KeyBytes)]);

    /// <summary>A transfer; each nonce gives another transaction.</summary>
    public static MadeTx Plain(ulong nonce, ulong chain = 1, int inputBytes = 0) =>
        Of(TransactionEncoder.Encode(TransactionSigner.Sign(Fields(nonce, chain, new byte[inputBytes]), Signer)));

    /// <summary>The same with an invalid signature.</summary>
    public static MadeTx Unsigned(ulong nonce) => Of(TransactionEncoder.Encode(Fields(nonce, 1, default) with { Signature = new EcdsaSignature(1, UInt256.MaxValue, YParity: 0) }));

    /// <summary>A transaction with one blob of zeros and a valid proof.</summary>
    public static MadeTx Blob(ulong nonce) => Blob(nonce, BlobSample.Infinity);

    /// <summary>The same transaction, with the same hash, with a proof that is on the curve but does not verify.</summary>
    public static MadeTx BlobWithWrongProof(ulong nonce) => Blob(nonce, BlobSample.Generator);

    private static MadeTx Blob(ulong nonce, byte[] proof)
    {
        byte[] hash = SHA256.HashData(BlobSample.Infinity);
        hash[0] = Eip4844.VersionedHashVersionKzg;
        var signed = TransactionSigner.Sign(Fields(nonce, 1, default) with { Type = TxType.Blob, BlobHashes = [new Hash256(hash)] }, Signer);
        var encoded = new ByteBuffer();
        TransactionEncoder.EncodeNetwork(signed, new BlobSidecar(0, [new byte[Eip4844.BlobBytes]], [BlobSample.Infinity], [proof]), encoded);
        return Of(encoded.WrittenSpan.ToArray());
    }

    private static SignedTransaction Fields(ulong nonce, ulong chain, ReadOnlyMemory<byte> input) => new()
    {
        Type = TxType.DynamicFee,
        ChainId = new ChainId(chain),
        Nonce = new Nonce(nonce),
        GasLimit = new Gas(21_000),
        Recipient = Signer.Account,
        Value = default,
        MaxFeePerGas = default,
        Input = input,
        Signature = default,
    };

    private static MadeTx Of(byte[] raw) => BodyIdentity.TryRead(raw, out var identity)
        ? new MadeTx(identity.Hash, identity.Type, identity.SizeBytes, raw)
        : throw new InvalidOperationException("A generated transaction does not decode.");
}
