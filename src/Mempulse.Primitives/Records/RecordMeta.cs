namespace Mempulse.Primitives.Records;

/// <summary>The metadata that a producer gives a record; the log adds the position.</summary>
/// <param name="Lane">The lane that produced it.</param>
/// <param name="LocalSeq">A fact's number in its lane, or a derived event's ordinal under its cause.</param>
/// <param name="Timestamp">When it was observed; for analysis, never for order.</param>
/// <param name="Source">The source it was observed at, or <c>default</c>.</param>
/// <param name="Cause">The fact a derived event follows from, or <see cref="GlobalSeq.None"/> for a fact.</param>
public readonly record struct RecordMeta(LaneId Lane, ulong LocalSeq, UnixNanoseconds Timestamp, SourceId Source, GlobalSeq Cause)
{
    /// <summary>The metadata of a fact.</summary>
    public static RecordMeta Fact(LaneId lane, ulong localSeq, UnixNanoseconds timestamp, SourceId source) =>
        new(lane, localSeq, timestamp, source, GlobalSeq.None);

    /// <summary>The metadata of event number <paramref name="ordinal"/> that follows from <paramref name="cause"/>; it has the time of its cause.</summary>
    public static RecordMeta Derived(LaneId lane, GlobalSeq cause, uint ordinal, UnixNanoseconds causeTimestamp) =>
        new(lane, ordinal, causeTimestamp, default, cause);

    /// <summary>The record's sequence in its lane.</summary>
    public LaneSequence LaneSequence => new(Cause, LocalSeq);
}
