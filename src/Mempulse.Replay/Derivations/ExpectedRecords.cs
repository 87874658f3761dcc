using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Derivations;

/// <summary>Derived records that are expected in the log and have not arrived yet, oldest first, in exactly the bytes that are appended.</summary>
/// <remarks>
/// A record leaves when it arrives from the log, or when its owner confirms that it was appended durably. One that does neither (a replay
/// of facts alone appends nothing) leaves when the bound is reached, and is counted. Records are encoded once, into chunks.
/// </remarks>
internal sealed class ExpectedRecords
{
    /// <summary>Size at which a chunk is full. With its last record it stays out of the large object heap.</summary>
    private const int ChunkBytes = 48 * 1024;

    /// <summary>Estimated size of a derived record; a longer one only takes more memory.</summary>
    private const int RoomForTheLast = 4 * 1024;

    private const int LengthPrefix = 4;
    private const int Framing = 8;

    private Chunk _head = new();
    private Chunk _tail;
    private Chunk? _spare;
    private Chunk _handedOver;
    private int _headAt;
    private int _handedOverAt;

    /// <summary>An empty queue.</summary>
    public ExpectedRecords()
    {
        _tail = _head;
        _handedOver = _head;
    }

    /// <summary>Number of expected records.</summary>
    public int Count { get; private set; }

    /// <summary>The oldest of them, those that were drained to be appended.</summary>
    public int HandedOver { get; private set; }

    /// <summary>Position of the newest record that left, for any reason.</summary>
    public LaneSequence LastRetired { get; private set; }

    /// <summary>Position up to which records left without a comparison: appended by the owner of this fold, or dropped.</summary>
    public LaneSequence UncomparedThrough { get; private set; }

    /// <summary>Records that left because the bound was reached.</summary>
    public ulong GivenUp { get; private set; }

    /// <summary>The oldest record; only while <see cref="Count"/> is not 0.</summary>
    public RecordView Oldest => _head.At(_headAt);

    /// <summary>Returns the batch for the next record, with room for it; count the record with <see cref="Added"/>.</summary>
    public EventBatch MakeRoom()
    {
        if (_tail.Records.SizeBytes >= ChunkBytes)
        {
            var next = _spare ?? new Chunk();
            _spare = null;
            _tail.Next = next;
            _tail = next;
        }

        return _tail.Records;
    }

    /// <summary>Counts a record that was added to the batch of <see cref="MakeRoom"/>.</summary>
    public void Added() => Count++;

    /// <summary>Retires the oldest because it arrived from the log.</summary>
    public void RetireOldest()
    {
        LastRetired = Oldest.Meta.LaneSequence;
        RemoveOldest();
    }

    /// <summary>Retires what is durable up to a position; it is not compared when it arrives from the log.</summary>
    public void RetireAppended(LaneSequence through)
    {
        while (Count > 0 && Oldest.Meta.LaneSequence <= through)
        {
            UncomparedThrough = Oldest.Meta.LaneSequence;
            RetireOldest();
        }
    }

    /// <summary>Drops the oldest until at most <paramref name="bound"/> are left.</summary>
    public void GiveUpBeyond(int bound)
    {
        while (Count > bound)
        {
            UncomparedThrough = Oldest.Meta.LaneSequence;
            RetireOldest();
            GivenUp++;
        }
    }

    /// <summary>Copies up to <paramref name="max"/> records that were not drained yet.</summary>
    public int HandOver(EventBatch into, int max, int maxBytes)
    {
        if (HandedOver == 0)
        {
            (_handedOver, _handedOverAt) = (_head, _headAt);
        }

        int copied = 0;
        while (copied < max && HandedOver < Count && into.SizeBytes < maxBytes)
        {
            if (_handedOverAt == _handedOver.Records.SizeBytes)
            {
                (_handedOver, _handedOverAt) = (_handedOver.Next!, 0);
            }

            var record = _handedOver.At(_handedOverAt);
            into.AddCopy(record, record.Meta);
            _handedOverAt += Framing + record.Bytes.Length;
            HandedOver++;
            copied++;
        }

        return copied;
    }

    /// <summary>Makes all drained records drainable again.</summary>
    public void Rewind() => HandedOver = 0;

    public void Save(EntryWriter writer)
    {
        SavePosition(writer, LastRetired);
        SavePosition(writer, UncomparedThrough);
        writer.Write(GivenUp);
        writer.WriteCount(Count);
        int at = _headAt;
        for (var chunk = _head; chunk is not null; chunk = chunk.Next)
        {
            for (; at < chunk.Records.SizeBytes; at += Framing + chunk.At(at).Bytes.Length)
            {
                writer.Write(chunk.At(at).Bytes);
            }

            at = 0;
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
            MakeRoom().AddCopy(record, record.Meta);
            Count++;
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

    private void RemoveOldest()
    {
        _headAt += Framing + Oldest.Bytes.Length;
        Count--;
        HandedOver = Math.Max(0, HandedOver - 1);
        if (_headAt < _head.Records.SizeBytes)
        {
            return;
        }

        _headAt = 0;
        var emptied = _head;
        if (emptied.Next is { } next)
        {
            _head = next;
            if (_handedOver == emptied)
            {
                (_handedOver, _handedOverAt) = (next, 0);
            }

            emptied.Next = null;
            _spare = emptied;
        }
        else
        {
            _handedOverAt = 0;
        }

        emptied.Records.Clear();
    }

    /// <summary>Consecutive records, framed as in a batch: length, bytes, CRC.</summary>
    private sealed class Chunk
    {
        public EventBatch Records { get; } = new(DerivedEvents.Lane, ChunkBytes + RoomForTheLast);

        public Chunk? Next { get; set; }

        public RecordView At(int offset)
        {
            var bytes = Records.Records.Span[offset..];
            return new RecordView(GlobalSeq.None, bytes.Slice(LengthPrefix, BinaryPrimitives.ReadInt32LittleEndian(bytes)));
        }
    }
}
