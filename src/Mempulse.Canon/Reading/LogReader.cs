using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Keys;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Reading;

/// <summary>Reads the log that a <see cref="LogState"/> describes.</summary>
/// <param name="files">The file system.</param>
/// <param name="state">The log.</param>
/// <param name="keys">Its key indexes.</param>
/// <param name="damaged">Receives damage that a reader meets, on the reader's thread, before the exception; may receive a place repeatedly.</param>
internal sealed class LogReader(ILogFileSystem files, LogState state, KeyIndexes keys, Action<LogDamage>? damaged = null) : ILogReader
{
    /// <summary>Bytes to read beyond a page, because a page rarely begins at a frame.</summary>
    private const int ReadAheadBytes = 2 * FrameIndex.StrideBytes;

    /// <inheritdoc/>
    public GlobalSeq Oldest => SegmentLookup.Oldest(state.Segments);

    /// <inheritdoc/>
    public GlobalSeq Watermark => state.Watermark;

    /// <inheritdoc/>
    public SequencedBatch? Read(GlobalSeq from, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(from.Value, nameof(from));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);

        // Read the watermark before the segments, so that the segments hold every position up to it.
        var watermark = state.Watermark;
        var segments = state.Segments;
        if (from > watermark)
        {
            return state.LostEnd is { } lost && from <= lost.Last ? throw new LogCorruptException(lost) : null;
        }

        int index = SegmentLookup.IndexOf(segments, from);
        var segment = segments[index];
        var page = new PageBuilder(from, watermark, Math.Min(maxBytes, ILogReader.MaxPageBytes));
        using var file = files.Open(segment.Path, FileUse.Read);
        using var walker = new DamageWalker(
            file, segment.Header, segment.Index(files).Floor(from), segment.EndBytes, Math.Min(maxBytes, ILogReader.MaxPageBytes) + ReadAheadBytes);
        Fill(page, walker, from, index + 1 < segments.Count ? segments[index + 1].First : watermark.Next, segment);
        return new SequencedBatch(segment.Header.Epoch, from, page.Count, watermark, page.Records);
    }

    /// <inheritdoc/>
    public LogScan Scan(GlobalSeq from) => new(files, state, from == GlobalSeq.None ? from.Next : from, damaged);

    /// <inheritdoc/>
    public IReadOnlyList<GlobalSeq> Find(EventKey key, GlobalSeq after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var watermark = state.Watermark;
        var found = new List<GlobalSeq>();
        foreach (var segment in state.Segments)
        {
            bool endsBefore = segment.End is not null && NextOf(segment) <= after.Next;
            if (found.Count < limit && !endsBefore)
            {
                Find(segment, key, after, watermark, limit, found);
            }
        }

        return found;
    }

    private void Find(Segment segment, EventKey key, GlobalSeq after, GlobalSeq watermark, int limit, List<GlobalSeq> found)
    {
        try
        {
            keys.Find(segment, key, after, watermark, limit, found);
        }
        catch (LogCorruptException corrupt) when (corrupt.Damage is { } damage)
        {
            damaged?.Invoke(damage);
            throw;
        }
    }

    private GlobalSeq NextOf(Segment segment)
    {
        var segments = state.Segments;
        for (int index = 0; index + 1 < segments.Count; index++)
        {
            if (ReferenceEquals(segments[index], segment))
            {
                return segments[index + 1].First;
            }
        }

        return new GlobalSeq(ulong.MaxValue);
    }

    /// <summary>Fills a page up to the first damaged place; a page that would begin there throws.</summary>
    private void Fill(PageBuilder page, DamageWalker walker, GlobalSeq from, GlobalSeq end, Segment segment)
    {
        while (walker.MoveNext())
        {
            if (walker.Passed is { } passed && passed.Last >= from.Plus((ulong)page.Count))
            {
                ThrowIfEmpty(page, passed);
                return;
            }

            if (walker.Frame.Last >= from && !page.Add(walker.Frame, walker.Payload.Span))
            {
                return;
            }
        }

        if (walker.Rest is { } rest)
        {
            ThrowIfEmpty(page, rest.Costing(walker.Position.Next, end));
            return;
        }

        ThrowIfEmpty(page, new LogDamage(segment.Path, walker.Position.Offset, $"the frame of seq {from}", "the end of the segment").Costing(from, end));
    }

    private void ThrowIfEmpty(PageBuilder page, LogDamage damage)
    {
        if (page.Count == 0)
        {
            damaged?.Invoke(damage);
            throw new LogCorruptException(damage);
        }
    }
}
