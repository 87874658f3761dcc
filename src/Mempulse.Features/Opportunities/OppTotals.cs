using Mempulse.Replay.Entries;

namespace Mempulse.Features.Opportunities;

/// <summary>What was counted since the log began; a single entry.</summary>
internal sealed class OppTotals : StateEntry
{
    public const byte EntryTag = 0x42;

    public override byte Tag => EntryTag;

    public ulong Detected { get; set; }

    public ulong HandedOn { get; set; }

    public ulong RankedBelow { get; set; }

    public ulong NotSimulable { get; set; }

    public ulong LeftOut { get; set; }

    public ulong NotKept { get; set; }

    public ulong NotFollowed { get; set; }

    public ulong NotLookedAtAgain { get; set; }

    public ulong Forgotten { get; set; }

    public ulong ThirdTokensLeftOut { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Detected);
        writer.Write(HandedOn);
        writer.Write(RankedBelow);
        writer.Write(NotSimulable);
        writer.Write(LeftOut);
        writer.Write(NotKept);
        writer.Write(NotFollowed);
        writer.Write(NotLookedAtAgain);
        writer.Write(Forgotten);
        writer.Write(ThirdTokensLeftOut);
    }

    public static OppTotals Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        return new OppTotals
        {
            Detected = reader.ReadUInt64(),
            HandedOn = reader.ReadUInt64(),
            RankedBelow = reader.ReadUInt64(),
            NotSimulable = reader.ReadUInt64(),
            LeftOut = reader.ReadUInt64(),
            NotKept = reader.ReadUInt64(),
            NotFollowed = reader.ReadUInt64(),
            NotLookedAtAgain = reader.ReadUInt64(),
            Forgotten = reader.ReadUInt64(),
            ThirdTokensLeftOut = reader.ReadUInt64(),
        };
    }
}
