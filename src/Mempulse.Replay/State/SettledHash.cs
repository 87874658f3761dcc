using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;

namespace Mempulse.Replay.State;

/// <summary>A transaction that left the fold at the end of its life.</summary>
internal sealed class SettledHash(Hash256 hash, TxState state) : DigestedEntry, IListed<SettledHash>
{
    public Hash256 Hash { get; } = hash;

    public TxState State { get; } = state;

    /// <inheritdoc/>
    public SettledHash? Previous { get; set; }

    /// <inheritdoc/>
    public SettledHash? Following { get; set; }

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

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
        return new SettledHash(reader.ReadHash(), reader.ReadEnum(TxState.Expired)) { ListOrdinal = reader.ReadUInt64() };
    }
}
