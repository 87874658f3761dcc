using Mempulse.Replay.Entries;

namespace Mempulse.Outcomes.Relays;

/// <summary>What belongs to no relay; a single entry, there from the first relay beyond the bound on.</summary>
internal sealed class RelayTotals : StateEntry
{
    public const byte EntryTag = 0x59;

    public override byte Tag => EntryTag;

    /// <summary>Attempts at relays beyond the bound.</summary>
    public ulong Unfollowed { get; set; }

    public override void Encode(EntryWriter writer) => writer.Write(Unfollowed);

    public static RelayTotals Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        return new RelayTotals { Unfollowed = reader.ReadUInt64() };
    }
}
