using Mempulse.Canon.Format;
using Mempulse.Canon.Reading;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Logs;

/// <summary>Bounded queries of a log.</summary>
internal static class LogQueries
{
    /// <summary>The bytes that one scan examines, so that a page of a rare kind takes only a moment.</summary>
    public const int ScanBytes = 16 << 20;

    /// <summary>The maximum bytes of records in one answer, unless a single record is longer.</summary>
    public const int AnswerBytes = 1 << 20;

    /// <summary>Returns records of some kinds after a position.</summary>
    public static RecordPage Scan(ILogReader log, ScanQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        var found = new AnswerBuilder(Math.Min(query.Limit, ScanQuery.MaxLimit));
        var next = query.After.Next < log.Oldest ? log.Oldest : query.After.Next;
        int looked = 0;
        DamagedPlace? damage = null;
        while (looked < ScanBytes && TryRead(log, next, ILogReader.MaxPageBytes / 4, out damage) is { } page)
        {
            looked += page.Records.Length;
            foreach (var record in page)
            {
                if (IsWanted(record.Kind, query.Kinds) && !found.TryAdd(record))
                {
                    return found.ToPage(Before(record.Seq), log.Watermark);
                }
            }

            next = page.Last.Next;
        }

        // The cursor never moves back, even when the request was past the end.
        var last = Before(next);
        return found.ToPage(last < query.After ? query.After : last, log.Watermark, damage);
    }

    /// <summary>Returns records with a key after a position.</summary>
    public static RecordPage ReadKey(ILogReader log, EventKey key, GlobalSeq after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var watermark = log.Watermark;
        int most = Math.Min(limit, ScanQuery.MaxLimit);
        var seqs = log.Find(key, after, most);
        var found = new AnswerBuilder(most);
        foreach (var seq in seqs)
        {
            // What was appended since the watermark was read belongs to the next page.
            if (seq > watermark || log.Read(seq, 1) is not { } single)
            {
                break;
            }

            foreach (var record in single)
            {
                if (!found.TryAdd(record))
                {
                    return found.ToPage(Before(seq), watermark);
                }
            }
        }

        bool isAll = seqs.Count < most || seqs[^1] > watermark;
        var end = watermark > after ? watermark : after;
        return found.ToPage(isAll ? end : seqs[^1], watermark);
    }

    /// <summary>Reads a page; null at the end of the log and where it is damaged.</summary>
    private static SequencedBatch? TryRead(ILogReader log, GlobalSeq from, int maxBytes, out DamagedPlace? damage)
    {
        damage = null;
        try
        {
            return log.Read(from, maxBytes);
        }
        catch (LogCorruptException corrupt) when (corrupt.Damage is { } found && found.Last >= from)
        {
            damage = new DamagedPlace(found.File, found.Offset, from, found.Last, corrupt.Message);
            return null;
        }
    }

    private static bool IsWanted(EventKind kind, IReadOnlyList<ushort> kinds)
    {
        for (int i = 0; i < kinds.Count; i++)
        {
            if (kinds[i] == (ushort)kind)
            {
                return true;
            }
        }

        return kinds.Count == 0;
    }

    private static GlobalSeq Before(GlobalSeq seq) => new(seq.Value - 1);

    private sealed class AnswerBuilder(int limit)
    {
        private readonly List<SequencedRecord> _records = [];
        private int _sizeBytes;

        public bool TryAdd(in RecordView record)
        {
            if (_records.Count >= limit || (_records.Count > 0 && _sizeBytes + record.Bytes.Length > AnswerBytes))
            {
                return false;
            }

            _sizeBytes += record.Bytes.Length;
            _records.Add(new SequencedRecord(record.Seq, record.Bytes.ToArray()));
            return true;
        }

        public RecordPage ToPage(GlobalSeq next, GlobalSeq watermark, DamagedPlace? damage = null) => new(_records, next, watermark) { Damage = damage };
    }
}
