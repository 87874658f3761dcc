using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Reading;

/// <summary>Reads one chain's log, never past the durable watermark. Thread-safe.</summary>
public interface ILogReader
{
    /// <summary>Largest page that <see cref="Read"/> returns, in bytes, unless a single record is larger.</summary>
    const int MaxPageBytes = 1 << 20;

    /// <summary>The first position still in the log; above the watermark in an empty log.</summary>
    GlobalSeq Oldest { get; }

    /// <summary>The highest durable position.</summary>
    GlobalSeq Watermark { get; }

    /// <summary>Returns one page of consecutive records that starts at <paramref name="from"/>, in its own memory.</summary>
    /// <param name="from">The first position wanted, at least 1.</param>
    /// <param name="maxBytes">Largest size of the records in bytes, capped at <see cref="MaxPageBytes"/>; a larger first record is returned alone.</param>
    /// <returns>At least one record, or null if <paramref name="from"/> is past the watermark.</returns>
    /// <exception cref="LogTruncatedException"><paramref name="from"/> is below <see cref="Oldest"/>.</exception>
    /// <exception cref="LogCorruptException">The data stored there is damaged.</exception>
    SequencedBatch? Read(GlobalSeq from, int maxBytes);

    /// <summary>Scans from <paramref name="from"/> (inclusive) up to the watermark, read anew at each step; the fastest way to read a whole log.</summary>
    /// <exception cref="LogTruncatedException"><paramref name="from"/> is below <see cref="Oldest"/>.</exception>
    LogScan Scan(GlobalSeq from);

    /// <summary>Returns the positions of the records that carry a key, ascending, up to the watermark (inclusive).</summary>
    /// <param name="key">A transaction, block, sender, opportunity, simulation or bundle; peers are not indexed.</param>
    /// <param name="after">Only positions above this one (exclusive).</param>
    /// <param name="limit">Largest number of positions to return.</param>
    IReadOnlyList<GlobalSeq> Find(EventKey key, GlobalSeq after, int limit);
}
