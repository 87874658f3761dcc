using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Logs;

/// <summary>Reads a chain's log on the silo that holds it. Its key is the chain id.</summary>
/// <remarks>Reads run in parallel on the thread pool. A page has at most 1 MiB plus one record, and never a record past the watermark.</remarks>
[Alias("mempulse.ILogReaderGrain")]
public interface ILogReaderGrain : IGrainWithStringKey
{
    /// <summary>The highest durable position.</summary>
    [Alias("Watermark")]
    ValueTask<GlobalSeq> Watermark();

    /// <summary>Reads at most <paramref name="limit"/> records with a key after <paramref name="after"/>, in ascending order.</summary>
    [Alias("ReadKey")]
    ValueTask<RecordPage> ReadKey(EventKey key, GlobalSeq after, int limit);

    /// <summary>Scans for records of some kinds, or of all. The cursor in the answer advances even when no record is found.</summary>
    [Alias("Scan")]
    ValueTask<RecordPage> Scan(ScanQuery query);

    /// <summary>Reads the content of rules that the log states.</summary>
    /// <returns>Null if it is not beside the log, or is damaged.</returns>
    [Alias("ReadRules")]
    ValueTask<ReadOnlyMemory<byte>?> ReadRules(Hash256 content);
}
