using System.Security.Cryptography;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Tests.Transactions;

/// <summary>A blob wrapper has one blob, one commitment and the right number of proofs for each hash (EIP-4844, EIP-7594), and elements below the modulus.</summary>
public sealed class BlobCountTests
{
    private static readonly EcdsaSigner s_signer = new([.. Enumerable.Repeat((byte)0x31, EcdsaSigner.KeyBytes)]);
    private static readonly byte[] s_point = [0xc0, .. new byte[Eip4844.CommitmentBytes - 1]];

    [Theory]
    [InlineData(0, 1, 1, 1, TxDecodeError.None)]
    [InlineData(0, 0, 1, 1, TxDecodeError.BlobWrapper)]
    [InlineData(0, 2, 1, 1, TxDecodeError.BlobWrapper)]
    [InlineData(0, 1, 0, 1, TxDecodeError.BlobWrapper)]
    [InlineData(0, 1, 2, 1, TxDecodeError.BlobWrapper)]
    [InlineData(0, 1, 1, 0, TxDecodeError.BlobWrapper)]
    [InlineData(0, 1, 1, 2, TxDecodeError.BlobWrapper)]
    [InlineData(0, 1, 1, 128, TxDecodeError.BlobWrapper)]
    [InlineData(1, 1, 1, 128, TxDecodeError.None)]
    [InlineData(1, 1, 1, 127, TxDecodeError.BlobWrapper)]
    [InlineData(1, 1, 1, 129, TxDecodeError.BlobWrapper)]
    [InlineData(1, 1, 1, 1, TxDecodeError.BlobWrapper)]
    public void Blobs_commitments_and_proofs_are_counted(byte version, int blobs, int commitments, int proofs, TxDecodeError expected) =>
        Assert.Equal(expected, Decode(version, Repeat(new byte[Eip4844.BlobBytes], blobs), Repeat(s_point, commitments), Repeat(s_point, proofs)));

    [Fact]
    public void An_element_may_be_one_below_the_modulus_and_not_the_modulus()
    {
        byte[] below = [.. Eip4844.BlsModulus];
        below[^1]--;
        foreach (int element in (int[])[0, 4_095])
        {
            Assert.Equal(TxDecodeError.None, Decode(0, [Blob(element, below)], [s_point], [s_point]));
            Assert.Equal(TxDecodeError.BlobElement, Decode(0, [Blob(element, Eip4844.BlsModulus.ToArray())], [s_point], [s_point]));
        }
    }

    [Fact]
    public void A_commitment_to_another_blob_is_refused()
    {
        byte[] other = [0xa0, .. new byte[Eip4844.CommitmentBytes - 1]];

        Assert.Equal(TxDecodeError.CommitmentMismatch, Decode(0, [new byte[Eip4844.BlobBytes]], [other], [s_point]));
    }

    private static byte[] Blob(int element, byte[] value)
    {
        byte[] blob = new byte[Eip4844.BlobBytes];
        value.CopyTo(blob, element * value.Length);
        return blob;
    }

    private static byte[][] Repeat(byte[] item, int count) => [.. Enumerable.Repeat(item, count)];

    private static TxDecodeError Decode(byte version, byte[][] blobs, byte[][] commitments, byte[][] proofs)
    {
        byte[] versioned = SHA256.HashData(s_point);
        versioned[0] = Eip4844.VersionedHashVersionKzg;
        var signed = TransactionSigner.Sign(
            new SignedTransaction
            {
                Type = TxType.Blob,
                ChainId = new ChainId(1),
                Nonce = default,
                GasLimit = new Gas(21_000),
                Recipient = s_signer.Account,
                Value = default,
                MaxFeePerGas = default,
                Input = default,
                BlobHashes = [new Hash256(versioned)],
                Signature = default,
            },
            s_signer);
        var encoded = new ByteBuffer();
        TransactionEncoder.EncodeNetwork(signed, new BlobSidecar(version, [.. blobs], [.. commitments], [.. proofs]), encoded);
        new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.AnyChain).TryDecode(encoded.WrittenSpan, TxForm.Network, out _, out var failure);
        return failure.Error;
    }
}
