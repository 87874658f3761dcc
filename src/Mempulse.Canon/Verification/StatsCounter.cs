using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Verification;

/// <summary>Counts the records of a scan.</summary>
internal sealed class StatsCounter
{
    private readonly SortedDictionary<EventKind, (long Events, long Bytes)> _kinds = [];
    private readonly SortedDictionary<LaneId, (long Events, long Bytes, LaneSequence Last)> _lanes = [];
    private readonly SortedSet<Epoch> _epochs = [];
    private long _events;
    private long _bytes;
    private UnixNanoseconds _first;
    private UnixNanoseconds _last;

    public void Add(SequencedBatch batch)
    {
        _epochs.Add(batch.Epoch);
        _bytes += batch.Records.Length;
        foreach (var record in batch)
        {
            Add(record);
        }
    }

    public LogStats ToStats(GlobalSeq oldest, GlobalSeq watermark) => new(
        oldest,
        watermark,
        _events,
        _bytes,
        _first,
        _last,
        [.. _kinds.Select(kind => new KindCount(kind.Key, kind.Value.Events, kind.Value.Bytes))],
        [.. _lanes.Select(lane => new LaneCount(lane.Key, lane.Value.Events, lane.Value.Bytes, lane.Value.Last))],
        [.. _epochs]);

    private void Add(in RecordView record)
    {
        var kind = _kinds.GetValueOrDefault(record.Kind);
        var lane = _lanes.GetValueOrDefault(record.Lane);
        _kinds[record.Kind] = (kind.Events + 1, kind.Bytes + record.Bytes.Length);
        _lanes[record.Lane] = (lane.Events + 1, lane.Bytes + record.Bytes.Length, record.Meta.LaneSequence);
        _first = _events == 0 || record.Timestamp.Value < _first.Value ? record.Timestamp : _first;
        _last = _events == 0 || record.Timestamp.Value > _last.Value ? record.Timestamp : _last;
        _events++;
    }
}
