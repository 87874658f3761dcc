using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;

namespace Mempulse.Replay.State;

/// <summary>A transaction that left the fold at the end of its life.</summary>
/// <remarks>Entries are used again after they were forgotten, as those of transactions are.</remarks>
internal sealed class SettledHash : DigestedEntry, IListed<SettledHash>
{
    public Hash256 Hash { get; private set; }

    public TxState State { get; private set; }

    /// <inheritdoc/>
    public SettledHash? Previous { get; set; }

    /// <inheritdoc/>
    public SettledHash? Following { get; set; }

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    /// <summary>Becomes the entry of another transaction; its mark in the ledger's list stays.</summary>
    public void Begin(in Hash256 hash, TxState state)
    {
        Hash = hash;
        State = state;
        HasLeft = false;
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(EntryTag.SettledHash);
        writer.Write(Hash);
        writer.Write((byte)State);
        writer.Write(ListOrdinal);
    }

    public static SettledHash Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag.SettledHash);
        var entry = new SettledHash();
        entry.Begin(reader.ReadHash(), reader.ReadEnum(TxState.Expired));
        entry.ListOrdinal = reader.ReadUInt64();
        return entry;
    }
}
