using System.Security.Cryptography;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Transactions;

/// <summary>Parses the sidecar in a blob transaction's network form: [version,] blobs, commitments, proofs.</summary>
/// <remarks>
/// EIP-4844 and EIP-7594, "Networking". Checks sizes, counts, field elements and the commitments' hashes; BlobProofVerifier checks the
/// KZG proofs.
/// </remarks>
internal static class BlobSidecarParser
{
    /// <summary>Reads the wrapper after its transaction, and checks counts, sizes, field elements and commitments.</summary>
    public static TxDecodeFailure Read(scoped ref RlpReader reader, ReadOnlySpan<byte> encodedHashes, int blobCount)
    {
        int start = reader.PositionBytes;
        int proofsPerBlob = 1;
        if (!reader.IsNextList)
        {
            if (reader.ReadUInt64() != Eip7594.WrapperVersion)
            {
                return new TxDecodeFailure(TxDecodeError.BlobWrapper, start + 1);
            }

            proofsPerBlob = Eip7594.CellsPerExtBlob;
        }

        bool elementsFit = ReadBlobs(ref reader, out int blobs);
        bool commitmentsFit = CheckCommitments(ref reader, encodedHashes, out int commitments);
        int proofs = ReadProofs(ref reader);
        bool countsFit = blobs == blobCount && commitments == blobCount && proofs == (long)blobCount * proofsPerBlob;
        var error = !countsFit ? TxDecodeError.BlobWrapper
            : !elementsFit ? TxDecodeError.BlobElement
            : !commitmentsFit ? TxDecodeError.CommitmentMismatch
            : TxDecodeError.None;
        return new TxDecodeFailure(error, start + 1);
    }

    /// <summary>Checks that every versioned hash has the KZG version.</summary>
    public static TxDecodeError CheckVersions(ReadOnlySpan<byte> encodedHashes)
    {
        var error = TxDecodeError.None;
        var reader = new RlpReader(encodedHashes);
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            var hash = reader.ReadFixed(Hash256.Size);
            if (!reader.Failed && hash[0] != Eip4844.VersionedHashVersionKzg)
            {
                error = TxDecodeError.BlobHashVersion;
            }
        }

        reader.LeaveList(outer);
        return error;
    }

    private static bool CheckCommitments(scoped ref RlpReader reader, ReadOnlySpan<byte> encodedHashes, out int count)
    {
        count = 0;
        bool allFit = true;
        var hashes = new RlpReader(encodedHashes);
        int outerHashes = hashes.EnterList();
        Span<byte> versioned = stackalloc byte[Hash256.Size];
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            SHA256.HashData(reader.ReadFixed(Eip4844.CommitmentBytes), versioned);
            versioned[0] = Eip4844.VersionedHashVersionKzg;
            allFit &= hashes.ReadFixed(Hash256.Size).SequenceEqual(versioned);
            count++;
        }

        reader.LeaveList(outer);
        hashes.LeaveList(outerHashes);
        return allFit && !hashes.Failed;
    }

    private static bool ReadBlobs(scoped ref RlpReader reader, out int count)
    {
        count = 0;
        bool allFit = true;
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            var blob = reader.ReadFixed(Eip4844.BlobBytes);
            allFit &= reader.Failed || AreFieldElements(blob);
            count++;
        }

        reader.LeaveList(outer);
        return allFit;
    }

    private static bool AreFieldElements(ReadOnlySpan<byte> blob)
    {
        var modulus = Eip4844.BlsModulus;
        for (int at = 0; at < blob.Length; at += modulus.Length)
        {
            // The first byte decides for nearly every element.
            if (blob[at] >= modulus[0] && blob.Slice(at, modulus.Length).SequenceCompareTo(modulus) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int ReadProofs(scoped ref RlpReader reader)
    {
        int count = 0;
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            reader.ReadFixed(Eip4844.ProofBytes);
            count++;
        }

        reader.LeaveList(outer);
        return count;
    }
}
