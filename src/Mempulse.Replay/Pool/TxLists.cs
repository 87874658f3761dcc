using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Pool;

/// <summary>The ordinals that the lists of <see cref="TxTable"/> continue from.</summary>
internal sealed class TxLists(ArrivalList<TxEntry> waiting, ArrivalList<TxEntry> settled, ArrivalList<SettledHash> hashes) : StateEntry
{
    public override byte Tag => PoolTags.TxLists;

    public override void Encode(EntryWriter writer)
    {
        writer.Write(waiting.LastOrdinal);
        writer.Write(settled.LastOrdinal);
        writer.Write(hashes.LastOrdinal);
    }
}
