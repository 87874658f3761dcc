using CsCheck;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Kzg;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Ethereum.Verification;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Ethereum.Tests.Transactions;

/// <summary>The allocation gate of the ingest path: from raw bytes to a record in a batch, once warm.</summary>
public sealed class AllocationTests
{
    private const int Rounds = 20;

    [Theory]
    [InlineData(TxType.Legacy)]
    [InlineData(TxType.AccessList)]
    [InlineData(TxType.DynamicFee)]
    [InlineData(TxType.Blob)]
    [InlineData(TxType.SetCode)]
    public void Verifying_and_appending_allocate_nothing(TxType type)
    {
        Assert.True(Secp256k1Recovery.TryCreate(out var recovery), "Cannot load libsecp256k1.so.1: install Debian's libsecp256k1-1, as test.sh does.");
        var signer = new EcdsaSigner(Keccak256.Hash([1]).ToArray());
        var raws = new List<byte[]>();
        TransactionGen.OfType(type).Array[50].Sample(
            transactions => raws.AddRange(transactions.Select(tx => TransactionEncoder.Encode(TransactionSigner.Sign(tx, signer)))),
            iter: 1, threads: 1, seed: "0000000000000");
        var decoder = new TransactionDecoder(recovery, TransactionRules.AnyChain);
        var proofs = new BlobProofVerifier();
        var batch = new EventBatch(new LaneId(1));
        ulong position = 0;
        AppendAll(decoder, proofs, batch, raws, ref position);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < Rounds; round++)
        {
            AppendAll(decoder, proofs, batch, raws, ref position);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(raws.Count, batch.Count);
    }

    private static void AppendAll(TransactionDecoder decoder, BlobProofVerifier proofs, EventBatch batch, List<byte[]> raws, ref ulong position)
    {
        batch.Clear();
        foreach (byte[] raw in raws)
        {
            if (!VerifiedTx.TryVerify(decoder, proofs, raw, default, out var tx, out var failure))
            {
                throw new InvalidOperationException($"A generated transaction was not verified: {failure}");
            }

            tx.AddTo(batch, RecordMeta.Fact(new LaneId(1), ++position, new UnixNanoseconds(0), new SourceId(1)));
        }
    }
}
