using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Testing.Scenarios;

/// <summary>A log in memory: records with dense positions, which can be scanned from any of them.</summary>
public sealed class ScenarioLog
{
    private const int LengthPrefix = 4;

    private readonly List<byte[]> _records = [];

    /// <summary>Position of the last record.</summary>
    public GlobalSeq Last => new((ulong)_records.Count);

    /// <summary>Appends the records of a batch as the log would.</summary>
    public void Append(EventBatch batch)
    {
        foreach (var record in new SequencedBatch(new Epoch(1), Last.Next, batch.Count, Last.Next, batch.Records))
        {
            _records.Add(record.Bytes.ToArray());
        }
    }

    /// <summary>Appends a copy of a record.</summary>
    public void Append(in RecordView record) => _records.Add(record.Bytes.ToArray());

    /// <summary>The record at a position.</summary>
    public RecordView At(GlobalSeq seq) => new(seq, _records[(int)seq.Value - 1]);

    /// <summary>Replaces the bytes of a record.</summary>
    public void Overwrite(GlobalSeq seq, byte[] record) => _records[(int)seq.Value - 1] = record;

    /// <summary>The derived events of a type, in their order.</summary>
    public IReadOnlyList<T> Derived<T>()
        where T : LogEvent
    {
        var events = new List<T>();
        foreach (var record in ScanAfter(GlobalSeq.None))
        {
            if (record.IsDerived && LogEvent.Decode(record) is T found)
            {
                events.Add(found);
            }
        }

        return events;
    }

    /// <summary>All records after a position, as one page.</summary>
    public SequencedBatch ScanAfter(GlobalSeq after)
    {
        var bytes = new ByteBuffer();
        int count = 0;
        for (int i = (int)after.Value; i < _records.Count; i++)
        {
            var record = _records[i];
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes.Append(LengthPrefix), record.Length);
            bytes.Append(record);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.Append(4), Crc32C.Compute(record));
            count++;
        }

        return new SequencedBatch(new Epoch(1), after.Next, count, Last, bytes.WrittenMemory);
    }
}
