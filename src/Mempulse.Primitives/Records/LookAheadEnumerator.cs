using System.Buffers.Binary;

namespace Mempulse.Primitives.Records;

/// <summary>Walks over encoded records without checking CRCs; ends at the first record that has no form.</summary>
public ref struct LookAheadEnumerator
{
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _current;

    internal LookAheadEnumerator(ReadOnlySpan<byte> records) => _rest = records;

    /// <summary>The record, unchecked and without a position.</summary>
    public readonly RecordView Current => new(GlobalSeq.None, _current);

    /// <summary>Steps to the next record; false at the end.</summary>
    public bool MoveNext()
    {
        const int overhead = RecordFraming.OverheadBytes;
        if (_rest.Length < overhead)
        {
            return false;
        }

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        if (size > (uint)(_rest.Length - overhead) || !RecordView.HasForm(_rest.Slice(RecordLayout.LengthPrefix, (int)size)))
        {
            return false;
        }

        _current = _rest.Slice(RecordLayout.LengthPrefix, (int)size);
        _rest = _rest[((int)size + overhead)..];
        return true;
    }
}
