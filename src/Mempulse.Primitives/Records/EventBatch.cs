using System.Buffers.Binary;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Records;

/// <summary>Records of one lane, encoded once by their producer in the bytes that the log writes.</summary>
/// <remarks>
/// Each record is its length (u32), its bytes and their CRC-32C (u32), little-endian. The producer owns the batch and
/// must not change it from the start of an append until the outcome is known; after that it may <see cref="Clear"/> and refill it.
/// </remarks>
/// <param name="lane">The lane of all records.</param>
/// <param name="capacityBytes">Room for records before the batch takes more memory.</param>
public sealed class EventBatch(LaneId lane, int capacityBytes = EventBatch.DefaultCapacityBytes)
{
    /// <summary>Room for some 50 transactions.</summary>
    public const int DefaultCapacityBytes = 16 * 1024;

    /// <summary>Longest record, in bytes without length and CRC.</summary>
    public const int MaxRecordBytes = 1 << 20;

    private readonly ByteBuffer _records = new(capacityBytes);
    private int _committed;

    /// <summary>The lane all records belong to.</summary>
    public LaneId Lane { get; } = lane;

    /// <summary>Number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Lane sequence of the first record; meaningless while <see cref="Count"/> is 0.</summary>
    public LaneSequence First { get; private set; }

    /// <summary>Lane sequence of the last record; meaningless while <see cref="Count"/> is 0.</summary>
    public LaneSequence Last { get; private set; }

    /// <summary>The encoded records.</summary>
    public ReadOnlyMemory<byte> Records => _records.WrittenMemory[.._committed];

    /// <summary>Length of <see cref="Records"/>.</summary>
    public int SizeBytes => _committed;

    /// <summary>A batch from <see cref="Records"/> received over a network; the bytes are copied.</summary>
    /// <exception cref="EventDecodeException">A record is malformed, of another lane, or does not rise, or there are not <paramref name="count"/> of them.</exception>
    public static EventBatch FromEncoded(LaneId lane, int count, ReadOnlySpan<byte> records)
    {
        var batch = new EventBatch(lane);
        var reader = new RecordEnumerator(GlobalSeq.None, records);
        while (reader.MoveNext())
        {
            var position = reader.Current.Meta.LaneSequence;
            if (reader.Current.Lane != lane || (batch.Count > 0 && position <= batch.Last))
            {
                throw new EventDecodeException($"Record {batch.Count} of a batch of lane {lane} is of lane {reader.Current.Lane} at {position}.");
            }

            batch.First = batch.Count == 0 ? position : batch.First;
            batch.Last = position;
            batch.Count++;
        }

        batch._records.Append(records);
        batch._committed = records.Length;
        return batch.Count == count
            ? batch
            : throw new EventDecodeException($"Expected a batch of {count} records, found {batch.Count}.");
    }

    /// <summary>Removes the records and keeps the memory.</summary>
    public void Clear()
    {
        _records.Clear();
        _committed = 0;
        Count = 0;
    }

    /// <summary>Adds a record that is already encoded, with other metadata of the same shape (fact or derived).</summary>
    /// <exception cref="ArgumentException">As for any event, or a fact given a cause, or a derived event without one; nothing was added.</exception>
    public void AddCopy(in RecordView record, in RecordMeta meta)
    {
        if (record.IsDerived != (meta.Cause != GlobalSeq.None))
        {
            throw new ArgumentException("Cannot copy a record as the other shape: a fact has no cause, a derived event has one.", nameof(meta));
        }

        Start(meta);
        _records.Append(record.Bytes);
        WriteMeta(_records.Written(_committed + RecordLayout.LengthPrefix, record.Bytes.Length), meta);
        Close(meta);
    }

    /// <summary>Writes the header and returns the writer of the payload; the record counts from <see cref="End"/> on.</summary>
    /// <remarks>If writing a payload throws, the next record removes what it left.</remarks>
    internal PayloadWriter Begin(EventKind kind, in EventKeys keys, in RecordMeta meta)
    {
        keys.CopyTo(WriteHeader(kind, keys.Present, keys.SizeBytes, meta));
        return new PayloadWriter(_records);
    }

    /// <summary>The same for a record about a transaction and its sender.</summary>
    internal PayloadWriter Begin(EventKind kind, in Hash256 tx, in Address sender, in RecordMeta meta)
    {
        const byte Present = (1 << (int)KeyKind.Tx) | (1 << (int)KeyKind.Sender);
        var keys = WriteHeader(kind, Present, Hash256.Size + Address.Size, meta);
        tx.CopyTo(keys);
        sender.CopyTo(keys[Hash256.Size..]);
        return new PayloadWriter(_records);
    }

    /// <summary>The same for a record about a transaction, a block and the sender.</summary>
    internal PayloadWriter Begin(EventKind kind, in Hash256 tx, in Hash256 block, in Address sender, in RecordMeta meta)
    {
        const byte Present = (1 << (int)KeyKind.Tx) | (1 << (int)KeyKind.Block) | (1 << (int)KeyKind.Sender);
        var keys = WriteHeader(kind, Present, (2 * Hash256.Size) + Address.Size, meta);
        tx.CopyTo(keys);
        block.CopyTo(keys[Hash256.Size..]);
        sender.CopyTo(keys[(2 * Hash256.Size)..]);
        return new PayloadWriter(_records);
    }

    /// <summary>Closes the record that a Begin started with the same metadata.</summary>
    internal void End(in PayloadWriter payload, in RecordMeta meta)
    {
        payload.End();
        Close(meta);
    }

    private void Close(in RecordMeta meta)
    {
        int size = _records.Length - _committed - RecordLayout.LengthPrefix;
        if (size > MaxRecordBytes)
        {
            throw new ArgumentException($"A record of {size} bytes exceeds the limit of {MaxRecordBytes}.", nameof(meta));
        }

        uint crc = Crc32C.Compute(_records.Written(_committed + RecordLayout.LengthPrefix, size));
        BinaryPrimitives.WriteUInt32LittleEndian(_records.Append(RecordLayout.CrcSuffix), crc);
        BinaryPrimitives.WriteUInt32LittleEndian(_records.Written(_committed, RecordLayout.LengthPrefix), (uint)size);
        _committed = _records.Length;
        First = Count == 0 ? meta.LaneSequence : First;
        Last = meta.LaneSequence;
        Count++;
    }

    private void Start(in RecordMeta meta)
    {
        if (meta.Lane != Lane)
        {
            throw new ArgumentException($"Cannot add a record of lane {meta.Lane} to a batch of lane {Lane}.", nameof(meta));
        }

        if (Count > 0 && meta.LaneSequence <= Last)
        {
            throw new ArgumentException($"'{meta.LaneSequence}' is not a valid lane sequence: expected more than {Last}.", nameof(meta));
        }

        _records.Truncate(_committed);
        _records.Append(RecordLayout.LengthPrefix);
    }

    /// <summary>Writes the header of a record and returns the room for its keys.</summary>
    private Span<byte> WriteHeader(EventKind kind, byte present, int keysSize, in RecordMeta meta)
    {
        Start(meta);
        bool isDerived = meta.Cause != GlobalSeq.None;
        int fixedSize = RecordLayout.FixedSize + (isDerived ? RecordLayout.CauseSize : 0);
        var header = _records.Append(fixedSize + keysSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)kind);
        header[RecordLayout.Version] = 1;
        header[RecordLayout.Flags] = (byte)(present | (isDerived ? RecordLayout.HasCause : 0));
        WriteMeta(header, meta);
        return header[fixedSize..];
    }

    private static void WriteMeta(Span<byte> header, in RecordMeta meta)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header[RecordLayout.Lane..], meta.Lane.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(header[RecordLayout.LocalSeq..], meta.LocalSeq);
        BinaryPrimitives.WriteInt64LittleEndian(header[RecordLayout.Timestamp..], meta.Timestamp.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(header[RecordLayout.Source..], meta.Source.Value);
        if (meta.Cause != GlobalSeq.None)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(header[RecordLayout.FixedSize..], meta.Cause.Value);
        }
    }
}
