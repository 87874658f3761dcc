using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.State;

namespace Mempulse.Replay.Observations;

/// <summary>What observations are measured against, known once.</summary>
internal sealed class ObservationTotals : DigestedEntry
{
    public long LastFactAt { get; set; }

    public ulong AllSightings { get; set; }

    public long CompleteSince { get; set; }

    public long BlindSince { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(EntryTag.Observation);
        writer.Write(LastFactAt);
        writer.Write(AllSightings);
        writer.Write(CompleteSince);
        writer.Write(BlindSince);
    }

    public void Read(ref EntryReader reader)
    {
        reader.Expect(EntryTag.Observation);
        LastFactAt = reader.ReadInt64();
        AllSightings = reader.ReadUInt64();
        CompleteSince = reader.ReadInt64();
        BlindSince = reader.ReadInt64();
    }
}
