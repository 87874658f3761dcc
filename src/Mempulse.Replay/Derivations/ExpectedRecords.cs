using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Derivations;

/// <summary>Derived records that the log is to hold and has not shown yet, oldest first, in the very bytes they are appended in.</summary>
/// <remarks>
/// A record leaves when the log shows it, or when the one who appended it learns that it is durable. One that the log
/// never shows (nobody appends, as in a replay of facts alone) leaves when the bound is reached and is counted.
/// </remarks>
internal sealed class ExpectedRecords
{
    private const int LengthPrefix = 4;

    private readonly EventBatch _encoder = new(DerivedEvents.Lane);
    private byte[] _bytes = new byte[64 * 1024];
    private int _head;
    private int _tail;
    private int _handedOverEnd;

    /// <summary>Records that wait.</summary>
    public int Count { get; private set; }

    /// <summary>The oldest of them that were handed over to be appended.</summary>
    public int HandedOver { get; private set; }

    /// <summary>Position of the newest record that left, whichever way.</summary>
    public LaneSequence LastRetired { get; private set; }

    /// <summary>Position up to which records left without having been compared: appended by the owner of this fold, or given up.</summary>
    public LaneSequence UncomparedThrough { get; private set; }

    /// <summary>Records that left because the bound was reached.</summary>
    public ulong GivenUp { get; private set; }

    /// <summary>The oldest record; only while <see cref="Count"/> is not 0.</summary>
    public RecordView Oldest => At(_head);

    public void Add(LogEvent derived, in RecordMeta meta)
    {
        _encoder.Clear();
        _encoder.Add(derived, meta);
        AddEncoded(_encoder.Records.Span[LengthPrefix..^LengthPrefix]);
    }

    /// <summary>Lets the oldest go because the log showed it.</summary>
    public void RetireOldest()
    {
        LastRetired = Oldest.Meta.LaneSequence;
        RemoveOldest();
    }

    /// <summary>Lets go what is durable up to a position; the log will show it later, uncompared.</summary>
    public void RetireAppended(LaneSequence through)
    {
        while (Count > 0 && Oldest.Meta.LaneSequence <= through)
        {
            UncomparedThrough = Oldest.Meta.LaneSequence;
            RetireOldest();
        }
    }

    /// <summary>Lets the oldest go until at most <paramref name="bound"/> are left.</summary>
    public void GiveUpBeyond(int bound)
    {
        while (Count > bound)
        {
            UncomparedThrough = Oldest.Meta.LaneSequence;
            RetireOldest();
            GivenUp++;
        }
    }

    /// <summary>Copies up to <paramref name="max"/> records that were not handed over yet.</summary>
    public int HandOver(EventBatch into, int max, int maxBytes)
    {
        int copied = 0;
        if (HandedOver == 0)
        {
            _handedOverEnd = _head;
        }

        while (copied < max && HandedOver < Count && into.SizeBytes < maxBytes)
        {
            var record = At(_handedOverEnd);
            into.AddCopy(record, record.Meta);
            _handedOverEnd += LengthPrefix + record.Bytes.Length;
            HandedOver++;
            copied++;
        }

        return copied;
    }

    /// <summary>Forgets what was handed over, so that it is handed over again.</summary>
    public void Rewind() => HandedOver = 0;

    public void Save(EntryWriter writer)
    {
        SavePosition(writer, LastRetired);
        SavePosition(writer, UncomparedThrough);
        writer.Write(GivenUp);
        writer.WriteCount(Count);
        for (int at = _head; at < _tail; at += LengthPrefix + SizeAt(at))
        {
            writer.Write(_bytes.AsSpan(at + LengthPrefix, SizeAt(at)));
        }
    }

    public void Restore(ref EntryReader reader)
    {
        LastRetired = new LaneSequence(new GlobalSeq(reader.ReadUInt64()), reader.ReadUInt64());
        UncomparedThrough = new LaneSequence(new GlobalSeq(reader.ReadUInt64()), reader.ReadUInt64());
        GivenUp = reader.ReadUInt64();
        var last = LastRetired;
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var record = ReadRecord(ref reader);
            if (record.Lane != DerivedEvents.Lane || !record.IsDerived || record.Meta.LaneSequence <= last)
            {
                throw reader.Malformed("an expected record is not derived, or out of order");
            }

            last = record.Meta.LaneSequence;
            AddEncoded(record.Bytes);
        }
    }

    private static RecordView ReadRecord(ref EntryReader reader)
    {
        try
        {
            return new RecordView(GlobalSeq.None, reader.ReadBytes());
        }
        catch (EventDecodeException malformed)
        {
            throw reader.Malformed(malformed.Message);
        }
    }

    private static void SavePosition(EntryWriter writer, LaneSequence position)
    {
        writer.Write(position.Cause.Value);
        writer.Write(position.LocalSeq);
    }

    private int SizeAt(int offset) => BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(offset));

    private RecordView At(int offset) => new(GlobalSeq.None, _bytes.AsSpan(offset + LengthPrefix, SizeAt(offset)));

    private void AddEncoded(ReadOnlySpan<byte> record)
    {
        EnsureRoom(LengthPrefix + record.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_tail), record.Length);
        record.CopyTo(_bytes.AsSpan(_tail + LengthPrefix));
        _tail += LengthPrefix + record.Length;
        Count++;
    }

    private void RemoveOldest()
    {
        _head += LengthPrefix + SizeAt(_head);
        Count--;
        HandedOver = Math.Max(0, HandedOver - 1);
        if (Count == 0)
        {
            _head = 0;
            _tail = 0;
        }
    }

    /// <summary>Moves the records to the front where they take less than half of the memory, and takes twice as much otherwise.</summary>
    private void EnsureRoom(int size)
    {
        if (size <= _bytes.Length - _tail)
        {
            return;
        }

        int used = _tail - _head;
        var target = used + size <= _bytes.Length / 2 ? _bytes : new byte[Math.Max(_bytes.Length * 2, used + size)];
        _bytes.AsSpan(_head, used).CopyTo(target);
        _bytes = target;
        _handedOverEnd = Math.Max(0, _handedOverEnd - _head);
        _head = 0;
        _tail = used;
    }
}
