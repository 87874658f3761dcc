using System.Security.Cryptography;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Net.Decoding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>Blob transactions that come with their sidecar: a zero blob, whose commitment and proof are the point at infinity.</summary>
public sealed class BlobBodyTests
{
    private static readonly byte[] Infinity = [0xc0, .. new byte[Eip4844.CommitmentBytes - 1]];

    /// <summary>Any point of the group: the generator.</summary>
    private static readonly byte[] Generator = Convert.FromHexString(
        "97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb");

    private readonly TransactionBodyDecoder _decoder = new(new ChainId(1), SenderRecovery.CreateBest());
    private readonly EventBatch _batch = new(new LaneId(1));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, Eip7594.CellsPerExtBlob)]
    public void A_body_with_a_right_proof_is_recorded(int version, int proofs)
    {
        var outcome = Decode(version, Enumerable.Repeat(Infinity, proofs));

        Assert.True(outcome.IsDecoded, outcome.Detail);
        Assert.Equal(1, _batch.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, Eip7594.CellsPerExtBlob)]
    public void A_body_with_a_wrong_proof_is_a_drop_that_says_so(int version, int proofs)
    {
        var outcome = Decode(version, [.. Enumerable.Repeat(Infinity, proofs - 1), Generator]);

        Assert.Equal(DropReason.DecodeFail, outcome.Failure);
        Assert.Contains("KZG proof", outcome.Detail, StringComparison.Ordinal);
        Assert.False(outcome.Hash.IsZero);
        Assert.Equal(0, _batch.Count);
    }

    private BodyOutcome Decode(int version, IEnumerable<byte[]> proofs)
    {
        byte[] hash = SHA256.HashData(Infinity);
        hash[0] = Eip4844.VersionedHashVersionKzg;
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
                BlobHashes = [new Hash256(hash)],
                Signature = default,
            },
            signer);
        var sidecar = new BlobSidecar((byte)version, [new byte[Eip4844.BlobBytes]], [Infinity], [.. proofs.Select(proof => (ReadOnlyMemory<byte>)proof)]);
        var encoded = new ByteBuffer();
        TransactionEncoder.EncodeNetwork(signed, sidecar, encoded);
        return _decoder.Decode(encoded.WrittenSpan, default, _batch, RecordMeta.Fact(new LaneId(1), 1, default, default));
    }
}
