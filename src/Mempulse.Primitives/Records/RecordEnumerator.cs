using System.Buffers.Binary;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Records;

/// <summary>Enumerates encoded records and checks the length and CRC of each.</summary>
public ref struct RecordEnumerator
{
    private const int AnyCount = -1;

    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _current;
    private GlobalSeq _seq;
    private GlobalSeq _next;
    private int _left;

    /// <summary>Starts before the record at <paramref name="first"/>.</summary>
    public RecordEnumerator(GlobalSeq first, ReadOnlySpan<byte> records)
    {
        _next = first;
        _rest = records;
        _left = AnyCount;
    }

    /// <summary>Starts before the record at <paramref name="first"/> and expects exactly <paramref name="count"/> records.</summary>
    public RecordEnumerator(GlobalSeq first, int count, ReadOnlySpan<byte> records)
        : this(first, records)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _left = count;
    }

    /// <summary>The current record.</summary>
    public readonly RecordView Current => new(_seq, _current);

    /// <summary>Moves to the next record; false at the end.</summary>
    /// <exception cref="EventDecodeException">A length is out of range or points past the end, a CRC does not match, or the number of records is not the expected one.</exception>
    public bool MoveNext()
    {
        if (_left != AnyCount && _rest.IsEmpty != (_left == 0))
        {
            throw new EventDecodeException($"At {_next}, expected {_left} more records, found {_rest.Length} more bytes.");
        }

        if (_rest.IsEmpty)
        {
            return false;
        }

        const int overhead = RecordFraming.OverheadBytes;
        uint size = _rest.Length < overhead ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        if (size is < RecordLayout.FixedSize or > EventBatch.MaxRecordBytes || size > (uint)(_rest.Length - overhead))
        {
            throw new EventDecodeException($"The record at {_next} has an invalid length: {_rest.Length} bytes are left.");
        }

        _current = _rest.Slice(RecordLayout.LengthPrefix, (int)size);
        _rest = _rest[(RecordLayout.LengthPrefix + (int)size)..];
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        uint actual = Crc32C.Compute(_current);
        if (expected != actual)
        {
            throw new EventDecodeException($"The record at {_next} has CRC {actual:x8}, expected {expected:x8}.");
        }

        _rest = _rest[RecordLayout.CrcSuffix..];
        _seq = _next;
        _next = _next.Next;
        _left -= _left == AnyCount ? 0 : 1;
        return true;
    }
}
