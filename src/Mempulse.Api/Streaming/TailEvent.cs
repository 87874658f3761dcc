using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Streaming;

/// <summary>A record of the log's end, or a stretch of it that cannot be read. Its text is made once for all readers.</summary>
internal sealed class TailEvent
{
    private readonly SequencedRecord? _record;
    private readonly EventCatalog _events;
    private StreamItem? _item;

    /// <summary>A record.</summary>
    public TailEvent(SequencedRecord record, EventCatalog events) => (_record, _events, Seq) = (record, events, record.Seq);

    /// <summary>A stretch that cannot be read.</summary>
    public TailEvent(DamagedPlace damage, EventCatalog events) => (_item, _events, Seq) = (StreamItem.Damaged(damage), events, damage.Last);

    /// <summary>Its position; the last one of a stretch.</summary>
    public GlobalSeq Seq { get; }

    /// <summary>Bytes of the record.</summary>
    public int SizeBytes => _record?.Bytes.Length ?? 0;

    /// <summary>True if a reader with this filter receives it.</summary>
    public bool IsFor(StreamFilter filter) => _record is not { } record || filter.Takes(record.View);

    /// <summary>What a reader receives.</summary>
    public StreamItem ToItem() => _item ??= StreamItem.Event(_record!, _events); // two threads may both make it: the texts are equal
}
