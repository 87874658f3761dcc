using CsCheck;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Primitives.Tests.Events;

namespace Mempulse.Primitives.Tests.Records;

/// <summary>Batches of facts, and walks over their bytes.</summary>
internal static class Batches
{
    public static readonly Gen<LogEvent[]> Events = EventGen.Any.Array[1, 8];

    /// <summary>Facts numbered from 1.</summary>
    public static EventBatch Of(LaneId lane, params LogEvent[] events)
    {
        var batch = new EventBatch(lane);
        for (int i = 0; i < events.Length; i++)
        {
            batch.Add(events[i], RecordMeta.Fact(lane, (ulong)i + 1, new UnixNanoseconds(i), default));
        }

        return batch;
    }

    /// <summary>Reads all records of a page that declares <paramref name="count"/> of them.</summary>
    public static int Walk(ReadOnlyMemory<byte> records, int count)
    {
        int walked = 0;
        foreach (var record in new SequencedBatch(default, new GlobalSeq(1), count, default, records))
        {
            walked += record.Bytes.IsEmpty ? 0 : 1;
        }

        return walked;
    }
}
