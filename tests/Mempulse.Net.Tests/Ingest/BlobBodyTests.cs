using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Net.Decoding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>Blob transactions with their sidecar: a zero blob, whose commitment and proof are the point at infinity.</summary>
public sealed class BlobBodyTests
{
    private readonly TransactionBodyDecoder _decoder = new(new ChainId(1), SenderRecovery.CreateBest());
    private readonly EventBatch _batch = new(new LaneId(1));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, Eip7594.CellsPerExtBlob)]
    public void A_body_with_a_valid_proof_is_recorded(int version, int proofs)
    {
        var outcome = Decode(version, Enumerable.Repeat(BlobSample.Infinity, proofs));

        Assert.True(outcome.IsDecoded, outcome.Detail);
        Assert.Equal(1, _batch.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, Eip7594.CellsPerExtBlob)]
    public void A_body_with_an_invalid_proof_is_a_drop_with_that_reason(int version, int proofs)
    {
        var outcome = Decode(version, [.. Enumerable.Repeat(BlobSample.Infinity, proofs - 1), BlobSample.Generator]);

        Assert.Equal(DropReason.DecodeFail, outcome.Failure);
        Assert.Contains("KZG proof", outcome.Detail, StringComparison.Ordinal);
        Assert.False(outcome.Hash.IsZero);
        Assert.Equal(0, _batch.Count);
    }

    private BodyOutcome Decode(int version, IEnumerable<byte[]> proofs) =>
        _decoder.Decode(BlobSample.Encode(version, proofs).Raw, default, _batch, RecordMeta.Fact(new LaneId(1), 1, default, default));
}
