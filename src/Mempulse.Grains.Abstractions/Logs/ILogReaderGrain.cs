using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Logs;

/// <summary>Reads a chain's log on the silo that holds it. Its key is the chain id.</summary>
/// <remarks>Reads run in parallel on the thread pool. An answer has at most 1 MiB plus one record, and never a record past the watermark.</remarks>
[Alias("mempulse.ILogReaderGrain")]
public interface ILogReaderGrain : IGrainWithStringKey
{
    /// <summary>Reads as many records as fit, starting at <paramref name="from"/>; returns null when that is past the watermark.</summary>
    [Alias("Read")]
    ValueTask<SequencedBatch?> Read(GlobalSeq from, int maxBytes);

    /// <summary>The highest durable position.</summary>
    [Alias("Watermark")]
    ValueTask<GlobalSeq> Watermark();

    /// <summary>Waits until the watermark passes <paramref name="seq"/>, for a few seconds at most.</summary>
    /// <returns>The watermark.</returns>
    [Alias("WaitPast")]
    ValueTask<GlobalSeq> WaitPast(GlobalSeq seq);

    /// <summary>Finds at most <paramref name="limit"/> positions after <paramref name="after"/> of records with a key, in ascending order.</summary>
    [Alias("Find")]
    ValueTask<IReadOnlyList<GlobalSeq>> Find(EventKey key, GlobalSeq after, int limit);

    /// <summary>Reads the records that <see cref="Find"/> would return the positions of.</summary>
    [Alias("ReadKey")]
    ValueTask<RecordPage> ReadKey(EventKey key, GlobalSeq after, int limit);

    /// <summary>Scans for records of some kinds. The cursor in the answer advances even when no record is found.</summary>
    [Alias("Scan")]
    ValueTask<RecordPage> Scan(ScanQuery query);
}
