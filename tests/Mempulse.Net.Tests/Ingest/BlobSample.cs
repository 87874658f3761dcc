using System.Security.Cryptography;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>A signed blob transaction with a zero blob, whose commitment and proof are the point at infinity.</summary>
internal static class BlobSample
{
    public static byte[] Infinity { get; } = [0xc0, .. new byte[Eip4844.CommitmentBytes - 1]];

    /// <summary>Any point of the group: the generator.</summary>
    public static byte[] Generator { get; } = Convert.FromHexString(
        "97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb");

    /// <summary>The hash, and the network form with these proofs, which the hash does not cover.</summary>
    public static (Hash256 Hash, byte[] Raw) Encode(int version, IEnumerable<byte[]> proofs)
    {
        byte[] versioned = SHA256.HashData(Infinity);
        versioned[0] = Eip4844.VersionedHashVersionKzg;
        var signer = new EcdsaSigner([.. Enumerable.Repeat((byte)7, EcdsaSigner.KeyBytes)]);
        var signed = TransactionSigner.Sign(
            new SignedTransaction
            {
                Type = TxType.Blob,
                ChainId = new ChainId(1),
                Nonce = default,
                GasLimit = new Gas(21_000),
                Recipient = signer.Account,
                Value = default,
                MaxFeePerGas = default,
                Input = default,
                BlobHashes = [new Hash256(versioned)],
                Signature = default,
            },
            signer);
        var sidecar = new BlobSidecar((byte)version, [new byte[Eip4844.BlobBytes]], [Infinity], [.. proofs.Select(proof => (ReadOnlyMemory<byte>)proof)]);
        var encoded = new ByteBuffer();
        TransactionEncoder.EncodeNetwork(signed, sidecar, encoded);
        return (Keccak256.Hash(TransactionEncoder.Encode(signed)), encoded.WrittenSpan.ToArray());
    }
}
