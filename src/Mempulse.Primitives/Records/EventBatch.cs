using System.Buffers.Binary;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Primitives.Records;

/// <summary>Records of one lane, encoded once by their producer in the very bytes that the log writes.</summary>
/// <remarks>
/// Each record is its length (u32), its bytes and their CRC-32C (u32), little-endian. The producer owns the batch and
/// must leave it alone from the start of an append until its outcome is known; then it may <see cref="Clear"/> and fill it again.
/// </remarks>
public sealed class EventBatch(LaneId lane)
{
    /// <summary>Longest record, in bytes without length and CRC.</summary>
    public const int MaxRecordBytes = 1 << 20;

    private readonly ByteBuffer _records = new(16 * 1024);

    /// <summary>The lane all records belong to.</summary>
    public LaneId Lane { get; } = lane;

    /// <summary>Number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Position of the first record in its lane; meaningless while <see cref="Count"/> is 0.</summary>
    public LanePosition First { get; private set; }

    /// <summary>Position of the last record in its lane; meaningless while <see cref="Count"/> is 0.</summary>
    public LanePosition Last { get; private set; }

    /// <summary>The encoded records.</summary>
    public ReadOnlyMemory<byte> Records => _records.WrittenMemory;

    /// <summary>Length of <see cref="Records"/>.</summary>
    public int SizeBytes => _records.Length;

    /// <summary>Forgets the records and keeps the memory.</summary>
    public void Clear()
    {
        _records.Clear();
        Count = 0;
    }

    /// <summary>Adds any event.</summary>
    /// <exception cref="ArgumentException">Another lane, a position that does not rise, or a record over <see cref="MaxRecordBytes"/>; nothing was added.</exception>
    public void Add(LogEvent logEvent, in RecordMeta meta)
    {
        int start = Begin(logEvent.Kind, logEvent.Keys, meta);
        logEvent.WritePayload(new MessagePackWriter(_records));
        End(start, meta);
    }

    /// <summary>Adds a <see cref="LogEvent.TxSeen"/> without making one.</summary>
    public void AddSeen(Hash256 hash, SightingVia via, in RecordMeta meta)
    {
        int start = Begin(EventKind.TxSeen, EventKeys.None.With(EventKey.Tx(hash)), meta);
        LogEvent.TxSeen.WritePayload(new MessagePackWriter(_records), via);
        End(start, meta);
    }

    /// <summary>Adds a <see cref="LogEvent.TxDecoded"/> straight from a decoder's view, without making one.</summary>
    public void AddDecoded<TTx>(Hash256 hash, Address sender, scoped in TTx tx, in RecordMeta meta)
        where TTx : INormalizedTx, allows ref struct
    {
        int start = Begin(EventKind.TxDecoded, EventKeys.None.With(EventKey.Tx(hash)).With(EventKey.Sender(sender)), meta);
        NormalizedTxCodec.Write(new MessagePackWriter(_records), tx);
        End(start, meta);
    }

    /// <summary>Adds a record that is already encoded, with other metadata of the same shape (fact or derived).</summary>
    public void AddCopy(in RecordView record, in RecordMeta meta)
    {
        CheckPosition(meta);
        int start = _records.Length;
        _records.Append(RecordLayout.LengthPrefix);
        _records.Append(record.Bytes);
        var header = _records.Written(start + RecordLayout.LengthPrefix, record.Bytes.Length);
        if (record.IsDerived != (meta.Cause != GlobalSeq.None))
        {
            _records.Truncate(start);
            throw new ArgumentException("A fact stays a fact and a derived event derived.", nameof(meta));
        }

        WriteMeta(header, meta);
        End(start, meta);
    }

    private int Begin(EventKind kind, in EventKeys keys, in RecordMeta meta)
    {
        CheckPosition(meta);
        int start = _records.Length;
        bool isDerived = meta.Cause != GlobalSeq.None;
        int causeSize = isDerived ? RecordLayout.CauseSize : 0;
        var header = _records.Append(RecordLayout.LengthPrefix + RecordLayout.FixedSize + causeSize + keys.SizeBytes)[RecordLayout.LengthPrefix..];
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)kind);
        header[RecordLayout.Version] = 1;
        header[RecordLayout.Flags] = (byte)(keys.Present | (isDerived ? RecordLayout.HasCause : 0));
        WriteMeta(header, meta);
        WriteKeys(header[(RecordLayout.FixedSize + causeSize)..], keys);
        return start;
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

    private static void WriteKeys(Span<byte> destination, in EventKeys keys)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        for (int kind = 0; kind < EventKeys.KindCount; kind++)
        {
            if (!keys.TryGet((KeyKind)kind, out var value))
            {
                continue;
            }

            int size = EventKeys.SizeOf((KeyKind)kind);
            value.CopyTo(word);
            word[(Hash256.Size - size)..].CopyTo(destination);
            destination = destination[size..];
        }
    }

    private void CheckPosition(in RecordMeta meta)
    {
        if (meta.Lane != Lane)
        {
            throw new ArgumentException($"A batch of lane {Lane} takes no record of lane {meta.Lane}.", nameof(meta));
        }

        if (Count > 0 && meta.Position <= Last)
        {
            throw new ArgumentException($"Position {meta.Position} does not rise above {Last}.", nameof(meta));
        }
    }

    private void End(int start, in RecordMeta meta)
    {
        int size = _records.Length - start - RecordLayout.LengthPrefix;
        if (size > MaxRecordBytes)
        {
            _records.Truncate(start);
            throw new ArgumentException($"A record of {size} bytes is over the limit of {MaxRecordBytes}.", nameof(meta));
        }

        uint crc = Crc32C.Compute(_records.Written(start + RecordLayout.LengthPrefix, size));
        BinaryPrimitives.WriteUInt32LittleEndian(_records.Append(RecordLayout.CrcSuffix), crc);
        BinaryPrimitives.WriteUInt32LittleEndian(_records.Written(start, RecordLayout.LengthPrefix), (uint)size);
        First = Count == 0 ? meta.Position : First;
        Last = meta.Position;
        Count++;
    }
}
