using System.Globalization;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;

namespace Mempulse.Canon.Recovery;

/// <summary>The segments of a log, found by walking back from the newest: each header says where its predecessor ends.</summary>
/// <param name="Segments">Oldest first; all but the last have a final end.</param>
/// <param name="Orphans">Segment files of writers that had lost their epoch; they are never read.</param>
internal sealed record LogChain(IReadOnlyList<Segment> Segments, IReadOnlyList<string> Orphans)
{
    /// <summary>Reads all headers and links them.</summary>
    /// <exception cref="LogCorruptException">A header is invalid, a segment is missing, or two segments do not fit together.</exception>
    /// <exception cref="LogOfAnotherChainException">The log is of another chain.</exception>
    public static LogChain Load(ILogFileSystem files, string directory, ChainId? chain)
    {
        var found = new SortedDictionary<(ulong Epoch, ulong First), Segment>();
        foreach (string fileName in files.List(directory))
        {
            if (SegmentName.TryParse(fileName, out var name))
            {
                found.Add((name.Epoch.Value, name.First.Value), Read(files, Path.Combine(directory, fileName), name, chain));
            }
        }

        var floor = RetentionFloor.Read(files, directory);
        var linked = Link(files, found, floor);
        return new LogChain(linked, Orphaned(linked, found, floor));
    }

    private static Segment Read(ILogFileSystem files, string path, SegmentName name, ChainId? chain)
    {
        using var file = files.Open(path, FileUse.Read);
        var header = SegmentFiles.ReadHeader(file);
        if (header.First != name.First || header.Epoch != name.Epoch)
        {
            throw Damaged(path, SegmentLayout.Header.Epoch, $"seq {name.First} and epoch {name.Epoch}, as in the file name", $"seq {header.First} and epoch {header.Epoch}");
        }

        if (chain is { } expected && header.Chain != expected)
        {
            throw new LogOfAnotherChainException($"'{Path.GetDirectoryName(path)}' has the log of chain {header.Chain}, not of chain {expected}. Use another directory.");
        }

        return new Segment(path, header);
    }

    private static List<Segment> Link(ILogFileSystem files, SortedDictionary<(ulong Epoch, ulong First), Segment> found, GlobalSeq floor)
    {
        var linked = new List<Segment>();
        if (found.Count == 0)
        {
            return linked;
        }

        var segment = found.Last().Value;
        linked.Add(segment);
        while (segment.Header.Previous is { } previous)
        {
            if (!found.TryGetValue((previous.Name.Epoch.Value, previous.Name.First.Value), out var older))
            {
                CheckDeleted(segment, previous, floor);
                break;
            }

            CheckFit(files, older, previous, segment);
            older.Seal(previous);
            linked.Add(older);
            segment = older;
        }

        linked.Reverse();
        return linked;
    }

    private static void CheckDeleted(Segment oldest, SegmentEnd previous, GlobalSeq floor)
    {
        if (oldest.First > floor.Next)
        {
            throw Damaged(oldest.Path, SegmentLayout.Header.PreviousFirstSeq, $"the segment {previous.Name} before it, since only events up to {floor} were deleted", $"no such file");
        }
    }

    private static void CheckFit(ILogFileSystem files, Segment older, SegmentEnd end, Segment newer)
    {
        if (older.Header.Epoch > newer.Header.Epoch || older.First > newer.First || older == newer || end.SealedBytes < older.Header.SizeBytes)
        {
            throw Damaged(newer.Path, SegmentLayout.Header.PreviousEpoch, $"a predecessor with epoch at most {newer.Header.Epoch} and first seq at most {newer.First}", $"{end}");
        }

        using var file = files.Open(older.Path, FileUse.Read);
        if (file.LengthBytes < end.SealedBytes)
        {
            throw Damaged(older.Path, file.LengthBytes, $"{end.SealedBytes} bytes, as in the next segment's header", $"the end of the file");
        }
    }

    private static List<string> Orphaned(List<Segment> linked, SortedDictionary<(ulong Epoch, ulong First), Segment> found, GlobalSeq floor)
    {
        var orphans = new List<string>();
        foreach (var segment in found.Values.Except(linked))
        {
            var sameEpoch = linked.FindLast(other => other.Header.Epoch == segment.Header.Epoch);
            bool isDeleted = segment.First < linked[0].First && linked[0].First <= floor.Next;
            bool isAfterItsEpoch = segment.First >= (sameEpoch?.First ?? linked[0].First) && segment.Header.Epoch < linked[^1].Header.Epoch;
            if (!isDeleted && !isAfterItsEpoch)
            {
                throw Damaged(segment.Path, 0, $"a segment linked into the log from {linked[0].Name} to {linked[^1].Name}", $"a segment that no header refers to");
            }

            orphans.Add(segment.Path);
        }

        return orphans;
    }

    private static LogCorruptException Damaged(string path, long offset, FormattableString expected, FormattableString actual) =>
        new(new LogDamage(path, offset, expected.ToString(CultureInfo.InvariantCulture), actual.ToString(CultureInfo.InvariantCulture)));
}
