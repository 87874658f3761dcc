using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Rlp;

namespace Mempulse.Ethereum.Transactions;

/// <summary>The sidecar of a blob transaction's network form, as owned memory.</summary>
/// <param name="WrapperVersion">0 for the wrapper of EIP-4844, which has no version field; 1 for that of EIP-7594.</param>
/// <param name="Blobs">The blobs, 128 KiB each.</param>
/// <param name="Commitments">One KZG commitment per blob.</param>
/// <param name="Proofs">KZG proofs: one per blob in version 0, one per cell (128 per blob) in version 1.</param>
public sealed record BlobSidecar(
    byte WrapperVersion,
    IReadOnlyList<ReadOnlyMemory<byte>> Blobs,
    IReadOnlyList<ReadOnlyMemory<byte>> Commitments,
    IReadOnlyList<ReadOnlyMemory<byte>> Proofs)
{
    /// <summary>Copies the sidecar of a decoded transaction; null if it has none.</summary>
    public static BlobSidecar? From(scoped in TransactionView tx)
    {
        if (tx.EncodedSidecar.IsEmpty)
        {
            return null;
        }

        var reader = new RlpReader(tx.EncodedSidecar);
        byte version = reader.IsNextList ? (byte)0 : (byte)reader.ReadUInt64();
        return new BlobSidecar(
            version,
            ReadList(ref reader, Eip4844.BlobBytes),
            ReadList(ref reader, Eip4844.CommitmentBytes),
            ReadList(ref reader, Eip4844.ProofBytes));
    }

    internal void Write(RlpWriter writer)
    {
        if (WrapperVersion != 0)
        {
            writer.Write((ulong)WrapperVersion);
        }

        WriteList(writer, Blobs);
        WriteList(writer, Commitments);
        WriteList(writer, Proofs);
    }

    private static void WriteList(RlpWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> items)
    {
        int start = writer.BeginList();
        foreach (var item in items)
        {
            writer.Write(item.Span);
        }

        writer.EndList(start);
    }

    private static List<ReadOnlyMemory<byte>> ReadList(scoped ref RlpReader reader, int itemBytes)
    {
        var items = new List<ReadOnlyMemory<byte>>();
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            items.Add(reader.ReadFixed(itemBytes).ToArray());
        }

        reader.LeaveList(outer);
        return items;
    }
}
