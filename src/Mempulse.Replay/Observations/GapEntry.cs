using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Observations;

/// <summary>A closed gap. Times are Unix nanoseconds.</summary>
/// <param name="number">Numbers all gaps; the lowest is evicted first.</param>
internal sealed class GapEntry(ulong number) : StateEntry
{
    public override byte Tag => ObservationTags.Gap;

    public ulong Number { get; } = number;

    public required GapKind Kind { get; init; }

    /// <summary>The observer; <c>default</c> when it affects all observers.</summary>
    public required ObserverKey Observer { get; init; }

    public required string Name { get; init; }

    public required long From { get; init; }

    public required long To { get; init; }

    /// <summary>For a silence, the sightings of the others meanwhile; for throttling and what could not be recorded, the number of transactions dropped.</summary>
    public required ulong Count { get; init; }

    /// <summary>For a lost connection, the reason.</summary>
    public required SourceLossReason Reason { get; init; }

    /// <summary>For a configured peer, why its dials failed.</summary>
    public required DialFailureReason DialFailure { get; init; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Number);
        writer.Write((byte)Kind);
        writer.Write(Observer.Source.Value);
        writer.Write(Observer.Lane.Value);
        writer.Write(Name);
        writer.Write(From);
        writer.Write(To);
        writer.Write(Count);
        writer.Write((uint)Reason);
        writer.Write((uint)DialFailure);
    }

    public static GapEntry Decode(ref EntryReader reader)
    {
        reader.Expect(ObservationTags.Gap);
        return new GapEntry(reader.ReadUInt64())
        {
            Kind = reader.ReadEnum(GapKind.Unrecorded),
            Observer = new ObserverKey(new SourceId(reader.ReadUInt64()), new LaneId(reader.ReadUInt32())),
            Name = reader.ReadString(),
            From = reader.ReadInt64(),
            To = reader.ReadInt64(),
            Count = reader.ReadUInt64(),
            Reason = (SourceLossReason)reader.ReadUInt32(),
            DialFailure = (DialFailureReason)reader.ReadUInt32(),
        };
    }
}
