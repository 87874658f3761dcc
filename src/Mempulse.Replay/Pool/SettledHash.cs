using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Pool;

/// <summary>A settled transaction that left the fold.</summary>
/// <remarks>Entries are reused after they are forgotten, like those of transactions.</remarks>
internal sealed class SettledHash : StateEntry, IKeyed<Hash256>, IListed
{
    public override byte Tag => PoolTags.SettledHash;

    public Hash256 Hash { get; private set; }

    /// <inheritdoc/>
    Hash256 IKeyed<Hash256>.Key => Hash;

    /// <summary>Its final state.</summary>
    public TxState State { get; private set; }

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    /// <summary>Resets the entry for another transaction.</summary>
    public void Begin(in Hash256 hash, TxState state)
    {
        Hash = hash;
        State = state;
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Hash);
        writer.Write((byte)State);
        writer.Write(ListOrdinal);
    }

    public static SettledHash Decode(ref EntryReader reader)
    {
        reader.Expect(PoolTags.SettledHash);
        var entry = new SettledHash();
        entry.Begin(reader.ReadHash(), reader.ReadEnum(TxState.Expired));
        entry.ListOrdinal = reader.ReadUInt64();
        return entry;
    }
}
