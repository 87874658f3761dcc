using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Logs;

/// <summary>Reads a chain's log where it lies. Its key is the chain id.</summary>
/// <remarks>Reads run beside each other on the thread pool; no answer is longer than 1 MiB plus one record, and none passes the watermark.</remarks>
[Alias("mempulse.ILogReaderGrain")]
public interface ILogReaderGrain : IGrainWithStringKey
{
    /// <summary>The records from <paramref name="from"/> on, as many as fit; null when it is past the watermark.</summary>
    [Alias("Read")]
    ValueTask<SequencedBatch?> Read(GlobalSeq from, int maxBytes);

    /// <summary>The highest durable position.</summary>
    [Alias("Watermark")]
    ValueTask<GlobalSeq> Watermark();

    /// <summary>Waits for the watermark to pass <paramref name="seq"/>, but no longer than a few seconds.</summary>
    /// <returns>The watermark.</returns>
    [Alias("WaitPast")]
    ValueTask<GlobalSeq> WaitPast(GlobalSeq seq);

    /// <summary>Positions after <paramref name="after"/> of records with a key, rising, at most <paramref name="limit"/>.</summary>
    [Alias("Find")]
    ValueTask<IReadOnlyList<GlobalSeq>> Find(EventKey key, GlobalSeq after, int limit);

    /// <summary>Records with a key, as <see cref="Find"/> and a read of each.</summary>
    [Alias("ReadKey")]
    ValueTask<RecordPage> ReadKey(EventKey key, GlobalSeq after, int limit);

    /// <summary>Looks for records of some kinds; the answer's cursor advances even where none is found.</summary>
    [Alias("Scan")]
    ValueTask<RecordPage> Scan(ScanQuery query);
}
