using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Reading;

/// <summary>Reads one chain's log. Thread-safe; nothing past the durable watermark is ever seen.</summary>
public interface ILogReader
{
    /// <summary>Longest page that <see cref="Read"/> makes, in bytes, unless a single record is longer.</summary>
    const int MaxPageBytes = 1 << 20;

    /// <summary>The first position still there; above the watermark in an empty log.</summary>
    GlobalSeq Oldest { get; }

    /// <summary>The highest durable position.</summary>
    GlobalSeq Watermark { get; }

    /// <summary>One page of consecutive records from <paramref name="from"/> on, in memory of its own.</summary>
    /// <param name="from">The first position wanted, from 1.</param>
    /// <param name="maxBytes">Bound on the records' bytes, at most <see cref="MaxPageBytes"/>; a first record that is longer comes alone.</param>
    /// <returns>At least one record, or null if <paramref name="from"/> is past the watermark.</returns>
    /// <exception cref="LogTruncatedException"><paramref name="from"/> lies below <see cref="Oldest"/>.</exception>
    /// <exception cref="LogCorruptException">What is stored there is damaged.</exception>
    SequencedBatch? Read(GlobalSeq from, int maxBytes);

    /// <summary>Scans from <paramref name="from"/> up to the watermark as it stands when a step reaches it; the fastest way through a whole log.</summary>
    /// <exception cref="LogTruncatedException"><paramref name="from"/> lies below <see cref="Oldest"/>.</exception>
    LogScan Scan(GlobalSeq from);

    /// <summary>Completes once the watermark is above <paramref name="seq"/>.</summary>
    ValueTask WaitPastAsync(GlobalSeq seq, CancellationToken cancellationToken);

    /// <summary>Positions of the records that carry a key, rising, up to the watermark.</summary>
    /// <param name="key">A transaction, block, sender, opportunity, simulation or bundle; peers are not indexed.</param>
    /// <param name="after">Only positions above this one.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<GlobalSeq> Find(EventKey key, GlobalSeq after, int limit);
}
