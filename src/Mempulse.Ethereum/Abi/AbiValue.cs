using System.Buffers.Binary;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Abi;

/// <summary>A value inside an encoding, read in place.</summary>
/// <remarks>
/// It never reads beyond the encoding, whatever its offsets and lengths say. Each step checks only the bytes it needs, so that a value
/// can be read although another part of the encoding is damaged. Nothing is allocated.
/// </remarks>
public readonly ref struct AbiValue
{
    private readonly ReadOnlySpan<byte> _encoding;
    private readonly AbiOffsets _offsets;
    private readonly int _start;

    private AbiValue(AbiType type, ReadOnlySpan<byte> encoding, int start, AbiOffsets offsets)
    {
        Type = type;
        _encoding = encoding;
        _start = start;
        _offsets = offsets;
    }

    /// <summary>The type.</summary>
    public AbiType Type { get; }

    /// <summary>Where the content begins, from the start of the encoding, in bytes.</summary>
    public int OffsetBytes => _start;

    /// <summary>The word of an elementary value.</summary>
    public ReadOnlySpan<byte> Word => _encoding.Slice(_start, AbiType.WordBytes);

    /// <summary>The arguments of a call.</summary>
    /// <param name="arguments">The type, a tuple.</param>
    /// <param name="encoding">The bytes after the selector.</param>
    /// <param name="offsets">How the contract reads offsets.</param>
    /// <param name="value">The arguments as one value.</param>
    /// <returns>False if the bytes are fewer than the heads of the arguments.</returns>
    public static bool TryOpen(AbiType arguments, ReadOnlySpan<byte> encoding, AbiOffsets offsets, out AbiValue value)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        value = new AbiValue(arguments, encoding, 0, offsets);
        return encoding.Length >= arguments.ContentHeadBytes;
    }

    /// <summary>An elementary value as a number: the whole word.</summary>
    public UInt256 ToUInt256()
    {
        UInt256.ReadWord(in Word[0], out var value);
        return value;
    }

    /// <summary>The low 20 bytes of an elementary value.</summary>
    public Address ToAddress() => new(Word[(AbiType.WordBytes - Address.Size)..]);

    /// <summary>A member of a tuple.</summary>
    /// <returns>What is wrong; <see cref="AbiFault.None"/> if <paramref name="member"/> is set.</returns>
    public AbiFault ReadMember(int index, out AbiValue member) => Enter(Type.MemberTypes[index], _start, _start + Type.HeadOffset(index), out member);

    /// <summary>The number of an array's elements.</summary>
    /// <returns>What is wrong; <see cref="AbiFault.None"/> if <paramref name="count"/> is set.</returns>
    public AbiFault ReadCount(out int count)
    {
        if (Type.Width > 0)
        {
            count = Type.Width;
            return AbiFault.None;
        }

        return ReadLength(Type.Element!.HeadBytes, out count);
    }

    /// <summary>An element of an array.</summary>
    /// <param name="index">From 0 to below the number of elements.</param>
    /// <param name="element">The element.</param>
    /// <returns>What is wrong; <see cref="AbiFault.None"/> if <paramref name="element"/> is set.</returns>
    public AbiFault ReadElement(int index, out AbiValue element)
    {
        int first = Type.Width > 0 ? _start : _start + AbiType.WordBytes;
        return Enter(Type.Element!, first, first + (index * Type.Element!.HeadBytes), out element);
    }

    /// <summary>The content of <c>bytes</c> or <c>string</c>.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="offsetBytes">Where they begin, from the start of the encoding.</param>
    /// <returns>What is wrong; <see cref="AbiFault.None"/> if <paramref name="content"/> is set.</returns>
    public AbiFault ReadBytes(out ReadOnlySpan<byte> content, out int offsetBytes)
    {
        offsetBytes = _start + AbiType.WordBytes;
        var fault = ReadLength(1, out int length);
        content = fault == AbiFault.None ? _encoding.Slice(offsetBytes, length) : default;
        return fault;
    }

    private AbiFault ReadLength(int bytesEach, out int length)
    {
        var word = Word;
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(word[24..]);
        int room = (_encoding.Length - _start - AbiType.WordBytes) / bytesEach;
        if (word[..24].ContainsAnyExcept((byte)0) || value > (ulong)room)
        {
            length = 0;
            return AbiFault.LengthOutOfRange;
        }

        length = (int)value;
        return AbiFault.None;
    }

    private AbiFault Enter(AbiType type, int frame, int head, out AbiValue value)
    {
        int start = head;
        var fault =
            _encoding.Length - head < type.HeadBytes ? AbiFault.Truncated
            : type.IsDynamic && !TryReadOffset(head, frame, out start) ? AbiFault.OffsetOutOfRange
            : _encoding.Length - start < type.ContentHeadBytes ? AbiFault.Truncated
            : AbiFault.None;

        // Assigned last: callers may pass the variable that this value is in.
        value = fault == AbiFault.None ? new AbiValue(type, _encoding, start, _offsets) : default;
        return fault;
    }

    private bool TryReadOffset(int head, int frame, out int start)
    {
        start = 0;
        var word = _encoding.Slice(head, AbiType.WordBytes);
        long offset = BinaryPrimitives.ReadInt64BigEndian(word[24..]);
        byte sign = offset < 0 && _offsets == AbiOffsets.BothWays ? (byte)0xff : (byte)0;
        if (word[..24].ContainsAnyExcept(sign) || offset > _encoding.Length - frame || offset < -frame || (offset < 0 && sign == 0))
        {
            return false;
        }

        start = frame + (int)offset;
        return true;
    }
}
