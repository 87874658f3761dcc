using System.Security.Cryptography;
using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Kzg;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.EthereumVectors.Tests.Mainnet;

/// <summary>Blob transactions in network form, with both wrapper versions.</summary>
public sealed class BlobWrapperTests
{
    private const string Archive = "mainnet/blob-pooled-tx.tar.zst";
    private const byte InfinityFlag = 0x40; // the point at infinity has no sign to flip

    /// <summary>The errors of the invalid wrappers. The last one decodes: only verification finds that its first proof is on the curve but not in G1.</summary>
    private static readonly Dictionary<string, TxDecodeError> Invalid = new(StringComparer.Ordinal)
    {
        ["7594rlp-invalid_commitment.bin"] = TxDecodeError.CommitmentMismatch,
        ["7594rlp-invalid_modulo.bin"] = TxDecodeError.BlobElement,
        ["7594rlp-invalid_proof.bin"] = TxDecodeError.BlobProofPoint,
    };

    private readonly BlobProofVerifier _proofs = new();
    private readonly TransactionDecoder _decoder = new(SenderRecovery.CreateBest(), TransactionRules.AnyChain);

    [Fact]
    public void Each_wrapper_decodes_to_its_hash_or_fails_for_its_reason()
    {
        var files = VectorFolder.Read(Archive, _ => true).ToDictionary(file => file.Name, StringComparer.Ordinal);
        using var index = files["index.json"].Parse();
        foreach (var entry in index.RootElement.EnumerateArray())
        {
            string name = entry.GetProperty("file").GetString() ?? string.Empty;
            byte[] raw = files[name].Content;
            var expected = Invalid.GetValueOrDefault(name);

            bool isDecoded = _decoder.TryDecode(raw, TxForm.Network, out var tx, out var failure);

            failure = isDecoded ? _proofs.Verify(tx) : failure;
            Assert.Equal((name, expected), (name, failure.Error));
            if (isDecoded)
            {
                Check(raw, tx, entry);
            }
        }

        Assert.Equal(14, index.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_changed_byte_anywhere_in_a_wrapper_is_detected(int version)
    {
        var (tx, sidecar) = Smallest(version);
        int last = sidecar.Blobs.Count - 1;
        var changedBlob = sidecar with { Blobs = WithFlip(sidecar.Blobs, last, Eip4844.BlobBytes - 1) };
        var changedProof = sidecar with { Proofs = WithFlip(sidecar.Proofs, sidecar.Proofs.Count - 1, 0, 0x20) };
        var swapped = sidecar with { Proofs = [.. sidecar.Proofs.Skip(1), sidecar.Proofs[0]] };
        var changedCommitment = sidecar with { Commitments = WithFlip(sidecar.Commitments, last, 0, 0x20) };

        Assert.Equal(TxDecodeError.None, Verify(tx, sidecar));
        Assert.Equal(TxDecodeError.BlobProof, Verify(tx, changedBlob));
        Assert.Equal(TxDecodeError.BlobProof, Verify(tx, changedProof));
        Assert.Equal(sidecar.Proofs.Count == 1 ? TxDecodeError.None : TxDecodeError.BlobProof, Verify(tx, swapped));
        Assert.Equal(TxDecodeError.CommitmentMismatch, Verify(tx, changedCommitment));
        Assert.Equal(TxDecodeError.BlobProof, Verify(Bound(tx, changedCommitment), changedCommitment));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Commitments_and_proofs_that_are_not_points_have_a_reason_each(int version)
    {
        var (tx, sidecar) = Smallest(version);
        byte[] notCompressed = new byte[Eip4844.CommitmentBytes];
        byte[] notInGroup = [0x80, .. new byte[Eip4844.CommitmentBytes - 1]]; // x = 0, y = 2 is on the curve and has order three
        foreach (byte[] bad in new[] { notCompressed, notInGroup })
        {
            var badCommitment = sidecar with { Commitments = [bad, .. sidecar.Commitments.Skip(1)] };
            var badProof = sidecar with { Proofs = [.. sidecar.Proofs.SkipLast(1), bad] };

            Assert.Equal(TxDecodeError.BlobCommitmentPoint, Verify(Bound(tx, badCommitment), badCommitment));
            Assert.Equal(TxDecodeError.BlobProofPoint, Verify(tx, badProof));
        }
    }

    private static ReadOnlyMemory<byte>[] WithFlip(IReadOnlyList<ReadOnlyMemory<byte>> items, int index, int at, byte mask = 1)
    {
        var changed = items.ToArray();
        byte[] item = changed[index].ToArray();
        item[at] ^= mask;
        changed[index] = item;
        return changed;
    }

    /// <summary>The same transaction with the hashes of other commitments.</summary>
    private static SignedTransaction Bound(SignedTransaction tx, BlobSidecar sidecar) => tx with
    {
        BlobHashes = [.. sidecar.Commitments.Select(commitment =>
        {
            byte[] hash = SHA256.HashData(commitment.Span);
            hash[0] = Eip4844.VersionedHashVersionKzg;
            return new Hash256(hash);
        })],
    };

    private (SignedTransaction Tx, BlobSidecar Sidecar) Smallest(int version)
    {
        foreach (var file in VectorFolder.Read(Archive, name => name.EndsWith(".bin", StringComparison.Ordinal)).OrderBy(file => file.Content.Length))
        {
            if (!Invalid.ContainsKey(file.Name)
                && _decoder.TryDecode(file.Content, TxForm.Network, out var tx, out _)
                && BlobSidecar.From(tx) is { } sidecar && sidecar.WrapperVersion == version
                && sidecar.Commitments.Concat(sidecar.Proofs).All(point => (point.Span[0] & InfinityFlag) == 0))
            {
                return (SignedTransaction.From(tx), sidecar);
            }
        }

        throw new InvalidDataException($"No valid wrapper of version {version} in {Archive}.");
    }

    private TxDecodeError Verify(SignedTransaction transaction, BlobSidecar sidecar)
    {
        var encoded = new ByteBuffer();
        TransactionEncoder.EncodeNetwork(transaction, sidecar, encoded);
        return _decoder.TryDecode(encoded.WrittenSpan.ToArray(), TxForm.Network, out var tx, out var failure)
            ? _proofs.Verify(tx).Error
            : failure.Error;
    }

    private void Check(byte[] raw, TransactionView tx, JsonElement entry)
    {
        Assert.Equal(entry.GetProperty("txHash").GetString(), tx.ComputeHash().ToString());
        Assert.Equal(entry.GetProperty("blobs").GetInt32(), tx.BlobCount);
        Assert.Equal(entry.GetProperty("chainId").GetUInt64(), tx.ChainId.Value);
        Assert.True(_decoder.TryRecover(ref tx, out var sender, out _));

        var sidecar = BlobSidecar.From(tx);
        Assert.NotNull(sidecar);
        var again = new ByteBuffer();
        TransactionEncoder.EncodeNetwork(SignedTransaction.From(tx), sidecar, again);
        Assert.True(again.WrittenSpan.SequenceEqual(raw), "The wrapper does not encode back to its bytes.");

        byte[] consensus = tx.Raw.ToArray();
        Assert.True(_decoder.TryDecode(consensus, TxForm.Consensus, out var bare, out var failure), failure.ToString());
        Assert.True(_decoder.TryRecover(ref bare, out var sameSender, out _));
        Assert.Equal(sender, sameSender);
        Assert.True(bare.EncodedSidecar.IsEmpty);
    }
}
