using System.Buffers.Binary;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Records;

/// <summary>Walks over encoded records and checks the length and CRC of each.</summary>
public ref struct RecordEnumerator
{
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _current;
    private GlobalSeq _seq;
    private GlobalSeq _next;

    /// <summary>Starts before the record at <paramref name="first"/>.</summary>
    public RecordEnumerator(GlobalSeq first, ReadOnlySpan<byte> records)
    {
        _next = first;
        _rest = records;
    }

    /// <summary>The record the enumerator stands on.</summary>
    public readonly RecordView Current => new(_seq, _current);

    /// <summary>Steps to the next record; false at the end.</summary>
    /// <exception cref="EventDecodeException">A length points past the end, or a CRC does not match.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        const int overhead = RecordLayout.LengthPrefix + RecordLayout.CrcSuffix;
        uint size = _rest.Length < overhead ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        if (size > EventBatch.MaxRecordBytes || size > (uint)(_rest.Length - overhead))
        {
            throw new EventDecodeException($"The record at {_next} does not fit into the {_rest.Length} bytes left.");
        }

        _current = _rest.Slice(RecordLayout.LengthPrefix, (int)size);
        _rest = _rest[(RecordLayout.LengthPrefix + (int)size)..];
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        uint actual = Crc32C.Compute(_current);
        if (expected != actual)
        {
            throw new EventDecodeException($"The record at {_next} has CRC {actual:x8} where {expected:x8} was written.");
        }

        _rest = _rest[RecordLayout.CrcSuffix..];
        _seq = _next;
        _next = _next.Next;
        return true;
    }
}
