using System.Runtime.CompilerServices;

namespace Mempulse.Ethereum.Rlp;

/// <summary>Reads canonical RLP in place; the first error is kept, and every later read returns a default.</summary>
/// <remarks>
/// Yellow Paper, appendix B. Check <see cref="Failed"/> once at the end. No input makes it throw, and it does not allocate.
/// Lists are entered and left: <c>int outer = reader.EnterList(); ... reader.LeaveList(outer);</c>.
/// </remarks>
public ref partial struct RlpReader
{
    private const int ShortLimit = 55;
    private const int ShortString = 0x80;
    private const int ShortList = 0xc0;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;
    private int _limit;

    /// <summary>Creates a reader at the start of <paramref name="bytes"/>.</summary>
    public RlpReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _limit = bytes.Length;
    }

    /// <summary>The first error.</summary>
    public RlpError Error { get; private set; }

    /// <summary>Byte offset of the first error; meaningless without one.</summary>
    public int ErrorOffsetBytes { get; private set; }

    /// <summary>True after the first error.</summary>
    public readonly bool Failed => Error != RlpError.None;

    /// <summary>Number of bytes read so far.</summary>
    public readonly int PositionBytes => _position;

    /// <summary>True while the current list, or the input, has more items; false after an error, so that loops end.</summary>
    public readonly bool HasMore => _position < _limit && Error == RlpError.None;

    /// <summary>True if the next item is a list; false for a string, at the end, and after an error.</summary>
    public readonly bool IsNextList => HasMore && _bytes[_position] >= ShortList;

    /// <summary>Enters the list that must come next.</summary>
    /// <returns>A value to pass to <see cref="LeaveList"/>.</returns>
    public int EnterList()
    {
        int outer = _limit;
        int start = _position;
        int length = ReadHeader(out bool isList);
        if (!isList && !Failed)
        {
            Fail(RlpError.UnexpectedString, start);
        }

        _limit = Failed ? _position : _position + length;
        return outer;
    }

    /// <summary>Leaves the current list and fails if it has items left.</summary>
    /// <param name="outer">The value that <see cref="EnterList"/> returned.</param>
    public void LeaveList(int outer)
    {
        ExpectEnd();
        _limit = outer;
    }

    /// <summary>Fails unless the current list, or the input, has been read to its end.</summary>
    public void ExpectEnd()
    {
        if (_position != _limit)
        {
            Fail(RlpError.TrailingBytes, _position);
        }
    }

    /// <summary>Reads the content of the string that must come next.</summary>
    public ReadOnlySpan<byte> ReadString()
    {
        int start = _position;
        int length = ReadHeader(out bool isList);
        if (isList)
        {
            Fail(RlpError.UnexpectedList, start);
        }

        return Failed ? default : Take(length);
    }

    /// <summary>Reads the next item, a string or a list, with its header; its content is not checked.</summary>
    public ReadOnlySpan<byte> ReadItem()
    {
        int start = _position;
        int length = ReadHeader(out _);
        if (Failed)
        {
            return default;
        }

        _position += length;
        return _bytes[start.._position];
    }

    /// <summary>Records an error that the caller found, such as a field out of range, unless there is one already.</summary>
    public void Fail(RlpError error, int offsetBytes)
    {
        if (Error == RlpError.None)
        {
            Error = error;
            ErrorOffsetBytes = offsetBytes;
        }
    }

    /// <summary>Returns the input from <paramref name="startBytes"/> up to the current position.</summary>
    public readonly ReadOnlySpan<byte> Since(int startBytes) => _bytes[startBytes.._position];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _bytes.Slice(_position, length);
        _position += length;
        return taken;
    }

    /// <summary>Moves to the content of the next item and returns its length, which does not exceed the limit unless there is an error.</summary>
    private int ReadHeader(out bool isList)
    {
        isList = false;
        if (!HasMore)
        {
            Fail(RlpError.MissingItem, _position);
            return 0;
        }

        int first = _bytes[_position];
        if (first < ShortString)
        {
            return 1;
        }

        isList = first >= ShortList;
        int start = _position++;
        int kind = isList ? ShortList : ShortString;
        int length = first - kind <= ShortLimit ? first - kind : ReadLongLength(first - kind - ShortLimit, start);
        if (length > _limit - _position)
        {
            Fail(RlpError.Truncated, start);
        }
        else if (length == 1 && !isList && _bytes[_position] < ShortString)
        {
            Fail(RlpError.NonCanonicalByte, start);
        }

        return length;
    }

    private int ReadLongLength(int lengthBytes, int start)
    {
        if (lengthBytes > _limit - _position)
        {
            Fail(RlpError.Truncated, start);
            return 0;
        }

        var bytes = Take(lengthBytes);
        ulong length = 0;
        foreach (byte next in bytes) // at most 8, so the shift cannot lose a bit
        {
            length = (length << 8) | next;
        }

        if (bytes[0] == 0 || length <= ShortLimit)
        {
            Fail(RlpError.NonCanonicalLength, start);
            return 0;
        }

        // Longer than any span: the caller's check against the remaining bytes reports it.
        return length > int.MaxValue ? int.MaxValue : (int)length;
    }
}
