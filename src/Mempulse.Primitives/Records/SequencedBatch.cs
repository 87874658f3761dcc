namespace Mempulse.Primitives.Records;

/// <summary>Consecutive records of one chain's log with their positions: a page of a scan, or an item of a stream.</summary>
/// <param name="Epoch">The writer's epoch.</param>
/// <param name="First">Position of the first record.</param>
/// <param name="Count">Number of records, at least 1.</param>
/// <param name="Watermark">The highest durable position when the batch was created; never below <see cref="Last"/>.</param>
/// <param name="Records">The records as in <see cref="EventBatch"/>: length, bytes, CRC each.</param>
public sealed record SequencedBatch(Epoch Epoch, GlobalSeq First, int Count, GlobalSeq Watermark, ReadOnlyMemory<byte> Records)
{
    /// <summary>Position of the last record.</summary>
    public GlobalSeq Last => First.Plus((ulong)Count - 1);

    /// <summary>Reads the records in order, checking each CRC and that there are exactly <see cref="Count"/>.</summary>
    public RecordEnumerator GetEnumerator() => new(First, Count, Records.Span);

    /// <summary>Reads the records without checking them, up to the first that has no form: for a look ahead whose result decides nothing.</summary>
    public LookAheadEnumerator LookAhead() => new(Records.Span);
}
