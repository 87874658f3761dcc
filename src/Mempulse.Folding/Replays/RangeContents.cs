using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Replays;

/// <summary>What a range of a log is about, found by one scan: entries that its events name, checkpoints, blocks and reorgs. Memory is bounded.</summary>
/// <remarks>The scan also covers some events on both sides, so that a ruler can show where the range is.</remarks>
internal sealed class RangeContents
{
    /// <summary>Entries that are kept, the first ones.</summary>
    public const int MaxEntries = 2_000;

    /// <summary>Events that are kept of an entry, the first ones.</summary>
    public const int MaxEventsOfEntry = 3;

    /// <summary>Marks that are kept, the first ones.</summary>
    public const int MaxMarks = 512;

    /// <summary>Parts into which the ruler divides what was scanned.</summary>
    public const int Parts = 160;

    private readonly Dictionary<EventKey, List<GlobalSeq>> _events = [];
    private readonly Dictionary<EventKey, int> _counts = [];
    private readonly List<EventKey> _entries = [];
    private readonly List<LogMark> _marks = [];
    private readonly SortedDictionary<GlobalSeq, StateDigest> _checkpoints = [];
    private readonly int[] _derived = new int[Parts];
    private readonly string _rules;

    private RangeContents(string rules, GlobalSeq first, GlobalSeq last, GlobalSeq from, GlobalSeq to) => (_rules, First, Last, From, To) = (rules, first, last, from, to);

    /// <summary>The position of the first state.</summary>
    public GlobalSeq First { get; }

    /// <summary>The position of the second state.</summary>
    public GlobalSeq Last { get; }

    /// <summary>The first position of the ruler.</summary>
    public GlobalSeq From { get; }

    /// <summary>The last position of the ruler.</summary>
    public GlobalSeq To { get; }

    /// <summary>The entries that events of the range name, in the order in which they are first named.</summary>
    public IReadOnlyList<EventKey> Entries => _entries;

    /// <summary>Events of the range that name an entry which was not kept.</summary>
    public long EventsOfOthers { get; private set; }

    /// <summary>Blocks, reorgs and checkpoints on the ruler, in the order of their records.</summary>
    public IReadOnlyList<LogMark> Marks => _marks;

    /// <summary>Digests of the checkpoints in the range, both ends inclusive, as the live fold recorded them.</summary>
    public IReadOnlyDictionary<GlobalSeq, StateDigest> Checkpoints => _checkpoints;

    /// <summary>Derived events in each part of the ruler.</summary>
    public IReadOnlyList<int> Derived => _derived;

    /// <summary>Scans a range.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="rules">The rules of the replay: the digests of checkpoints by other rules are not comparable with its own.</param>
    /// <param name="first">The position of the first state.</param>
    /// <param name="last">The position of the second state.</param>
    /// <param name="stop">Cancels the scan.</param>
    public static RangeContents Scan(ILogReader reader, string rules, GlobalSeq first, GlobalSeq last, CancellationToken stop)
    {
        ulong margin = Math.Clamp((last.Value - first.Value) / 2, 50, 10_000);
        var from = new GlobalSeq(Math.Max(reader.Oldest.Value, first.Value > margin ? first.Value - margin : 1));
        var to = new GlobalSeq(Math.Min(reader.Watermark.Value, last.Value + margin));
        var contents = new RangeContents(rules, first, last, from, to);
        ulong end = Math.Min(reader.Watermark.Value, Math.Max(to.Value, last.Value + CheckpointRecords.RecordedWithin));
        if (from > reader.Watermark)
        {
            return contents;
        }

        using var scan = reader.Scan(from);
        while (scan.MoveNext() && scan.Current!.First.Value <= end)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var record in scan.Current)
            {
                contents.Add(record);
            }
        }

        return contents;
    }

    /// <summary>The first events that name an entry.</summary>
    public IReadOnlyList<GlobalSeq> EventsOf(EventKey entry) => _events[entry];

    /// <summary>Number of events that name an entry.</summary>
    public int CountOf(EventKey entry) => _counts[entry];

    private void Add(in RecordView record)
    {
        if (record.Seq <= To && record.IsDerived)
        {
            _derived[(int)((record.Seq.Value - From.Value) * Parts / (To.Value - From.Value + 1))]++;
        }

        AddMark(record);
        if (IsIn(record.Seq) || (record.IsDerived && IsIn(record.Cause)))
        {
            AddKeys(record); // a fact changes entries that only the events derived from it name, and these may be logged after the range
        }
    }

    private bool IsIn(GlobalSeq seq) => seq > First && seq <= Last;

    private void AddMark(in RecordView record)
    {
        switch (record.Kind)
        {
            case LogEvent.CheckpointTaken.KindNumber when LogEvent.Decode(record) is LogEvent.CheckpointTaken taken:
                if (taken.At >= First && taken.At <= Last && CheckpointRecords.TryRead(record, _rules, out var at, out var digest))
                {
                    _checkpoints[at] = digest;
                }

                Mark(taken.At, record.Kind, 0, default);
                break;
            case LogEvent.BlockObserved.KindNumber when LogEvent.Decode(record) is LogEvent.BlockObserved block:
                Mark(record.Seq, record.Kind, block.Number.Value, block.Hash);
                break;
            case LogEvent.ReorgDetected.KindNumber when LogEvent.Decode(record) is LogEvent.ReorgDetected reorg:
                Mark(record.Seq, record.Kind, reorg.Depth, reorg.OldHead);
                break;
        }
    }

    private void Mark(GlobalSeq seq, EventKind kind, ulong number, Hash256 hash)
    {
        if (seq >= From && seq <= To && _marks.Count < MaxMarks)
        {
            _marks.Add(new LogMark(seq, kind, number, hash));
        }
    }

    private void AddKeys(in RecordView record)
    {
        for (var kind = KeyKind.Tx; kind <= KeyKind.Bundle; kind++)
        {
            if (kind == KeyKind.Sim || !record.TryGetKey(kind, out var entry))
            {
                continue;
            }

            if (_events.TryGetValue(entry, out var events))
            {
                _counts[entry]++;
                if (events.Count < MaxEventsOfEntry)
                {
                    events.Add(record.Seq);
                }
            }
            else if (_entries.Count < MaxEntries)
            {
                _entries.Add(entry);
                _events.Add(entry, [record.Seq]);
                _counts.Add(entry, 1);
            }
            else
            {
                EventsOfOthers++;
            }
        }
    }
}
