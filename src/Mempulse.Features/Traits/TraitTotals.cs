using Mempulse.Replay.Entries;

namespace Mempulse.Features.Traits;

/// <summary>What belongs to no transaction; a single entry, there from the first fact on that concerns this derivation.</summary>
internal sealed class TraitTotals(ArrivalList<TraitEntry> waiting, ArrivalList<TraitEntry> settled) : StateEntry
{
    public const byte EntryTag = 0x4a;

    public override byte Tag => EntryTag;

    /// <inheritdoc cref="ITraitView.LetGo"/>
    public ulong LetGo { get; set; }

    /// <summary>Number of blocks that reorgs undid since the last block.</summary>
    public int BlocksUndone { get; set; }

    /// <summary>The ordinal that the list of waiting transactions continues from.</summary>
    public ulong LastWaiting { get; private set; }

    /// <summary>The ordinal that the list of settled transactions continues from.</summary>
    public ulong LastSettled { get; private set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(LetGo);
        writer.WriteCount(BlocksUndone);
        writer.Write(waiting.LastOrdinal);
        writer.Write(settled.LastOrdinal);
    }

    /// <summary>Reads what <see cref="Encode"/> wrote into this entry.</summary>
    public void Read(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        LetGo = reader.ReadUInt64();
        BlocksUndone = reader.ReadInt32();
        LastWaiting = reader.ReadUInt64();
        LastSettled = reader.ReadUInt64();
    }
}
