using System.Diagnostics;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Abi;

/// <summary>Checks an encoding as a whole.</summary>
public static class AbiCheck
{
    /// <summary>Checks that bytes are the only canonical encoding of the values that they contain.</summary>
    /// <remarks>
    /// Tails follow their heads and one another in order, padding is zero, every word fits its type and no byte is left over: encoding the
    /// decoded values again gives the same bytes. Other layouts of the same values are accepted by contracts, so this proves what
    /// calldata means only where its contract is unknown.
    /// </remarks>
    /// <param name="arguments">The type, a tuple.</param>
    /// <param name="encoding">The bytes after the selector.</param>
    /// <param name="parts">As for <see cref="Readable(in AbiValue, ref int)"/>.</param>
    public static AbiFault Canonical(AbiType arguments, ReadOnlySpan<byte> encoding, ref int parts)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var fault = CanonicalContent(arguments, encoding, 0, ref parts, out int size);
        return fault == AbiFault.None && size != encoding.Length ? AbiFault.NotCanonical : fault;
    }

    /// <summary>Reads every part of a value once, as the contract would.</summary>
    /// <param name="value">The value.</param>
    /// <param name="parts">Values, arrays and tuples that may still be read; lowered by those that were. Offsets to shared parts can make a few kilobytes stand for billions.</param>
    /// <returns>What is wrong with the first part that cannot be read.</returns>
    public static AbiFault Readable(in AbiValue value, ref int parts)
    {
        var type = value.Type;
        parts -= type.StaticParts;
        if (parts < 0)
        {
            return AbiFault.TooManyParts;
        }

        // The bytes of static parts were checked with those of the whole, so only the others can be wrong.
        var fault = AbiFault.None;
        switch (type.Kind)
        {
            case AbiKind.Bytes or AbiKind.Text:
                return value.ReadBytes(out _, out _);
            case AbiKind.Array when type.IsDynamic:
                return ReadableElements(value, ref parts);
            case AbiKind.Tuple when type.IsDynamic:
                int[] dynamic = type.DynamicMembers;
                for (int i = 0; fault == AbiFault.None && i < dynamic.Length; i++)
                {
                    fault = value.ReadMember(dynamic[i], out var member);
                    fault = fault == AbiFault.None ? Readable(member, ref parts) : fault;
                }

                return fault;
            default:
                return AbiFault.None;
        }
    }

    private static AbiFault ReadableElements(in AbiValue array, ref int parts)
    {
        var element = array.Type.Element!;
        var fault = array.ReadCount(out int count);
        if (fault == AbiFault.None && !element.IsDynamic)
        {
            // Their length was checked against the bytes that follow.
            parts -= count * element.StaticParts;
            return parts < 0 ? AbiFault.TooManyParts : AbiFault.None;
        }

        for (int i = 0; fault == AbiFault.None && i < count; i++)
        {
            fault = array.ReadElement(i, out var one);
            fault = fault == AbiFault.None ? Readable(one, ref parts) : fault;
        }

        return fault;
    }

    private static AbiFault CanonicalContent(AbiType type, ReadOnlySpan<byte> encoding, int start, ref int parts, out int size)
    {
        size = 0;
        if (encoding.Length - start < type.ContentHeadBytes)
        {
            return AbiFault.Truncated;
        }

        if (--parts < 0)
        {
            return AbiFault.TooManyParts;
        }

        switch (type.Kind)
        {
            case AbiKind.Bytes or AbiKind.Text:
                return CanonicalBytes(encoding, start, out size);
            case AbiKind.Array when type.Width == 0:
                if (!TryReadLength(encoding, start, type.Element!.HeadBytes, out int count))
                {
                    return AbiFault.LengthOutOfRange;
                }

                var fault = CanonicalSequence(type, count, encoding, start + AbiType.WordBytes, ref parts, out size);
                size += AbiType.WordBytes;
                return fault;
            case AbiKind.Array:
                return CanonicalSequence(type, type.Width, encoding, start, ref parts, out size);
            case AbiKind.Tuple:
                return CanonicalSequence(type, type.MemberTypes.Length, encoding, start, ref parts, out size);
            default:
                size = AbiType.WordBytes;
                return Fits(type, encoding.Slice(start, AbiType.WordBytes)) ? AbiFault.None : AbiFault.ValueOutOfRange;
        }
    }

    /// <summary>The heads of members or elements, and their tails right behind.</summary>
    private static AbiFault CanonicalSequence(AbiType type, int count, ReadOnlySpan<byte> encoding, int frame, ref int parts, out int size)
    {
        var element = type.Element;
        int head = frame;
        size = element is null ? type.ContentHeadBytes : count * element.HeadBytes;
        for (int i = 0; i < count; i++)
        {
            var part = element ?? type.MemberTypes[i];
            int start = head;
            if (part.IsDynamic)
            {
                start = frame + size;
                if (!IsNumber(encoding.Slice(head, AbiType.WordBytes), size))
                {
                    return AbiFault.NotCanonical;
                }
            }

            var fault = CanonicalContent(part, encoding, start, ref parts, out int partSize);
            if (fault != AbiFault.None)
            {
                return fault;
            }

            size += part.IsDynamic ? partSize : 0;
            head += part.HeadBytes;
        }

        return AbiFault.None;
    }

    private static AbiFault CanonicalBytes(ReadOnlySpan<byte> encoding, int start, out int size)
    {
        size = 0;
        if (!TryReadLength(encoding, start, 1, out int length))
        {
            return AbiFault.LengthOutOfRange;
        }

        int padded = (length + AbiType.WordBytes - 1) / AbiType.WordBytes * AbiType.WordBytes;
        int content = start + AbiType.WordBytes;
        if (encoding.Length - content < padded)
        {
            return AbiFault.Truncated;
        }

        size = AbiType.WordBytes + padded;
        return encoding[(content + length)..(content + padded)].ContainsAnyExcept((byte)0) ? AbiFault.NotCanonical : AbiFault.None;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> encoding, int start, int bytesEach, out int length)
    {
        UInt256.ReadWord(in encoding[start], out var word);
        bool fits = word.FitsUInt64 && word.LowUInt64 <= (ulong)((encoding.Length - start - AbiType.WordBytes) / bytesEach);
        length = fits ? (int)word.LowUInt64 : 0;
        return fits;
    }

    private static bool IsNumber(ReadOnlySpan<byte> word, int expected)
    {
        UInt256.ReadWord(in word[0], out var value);
        return value.FitsUInt64 && value.LowUInt64 == (ulong)expected;
    }

    private static bool Fits(AbiType type, ReadOnlySpan<byte> word) => type.Kind switch
    {
        AbiKind.UnsignedInteger => !word[..(AbiType.WordBytes - (type.Width / 8))].ContainsAnyExcept((byte)0),
        AbiKind.SignedInteger => !word[..(AbiType.WordBytes - (type.Width / 8))].ContainsAnyExcept((byte)(word[AbiType.WordBytes - (type.Width / 8)] >= 0x80 ? 0xff : 0)),
        AbiKind.Address => !word[..(AbiType.WordBytes - Address.Size)].ContainsAnyExcept((byte)0),
        AbiKind.Bool => !word[..^1].ContainsAnyExcept((byte)0) && word[^1] <= 1,
        AbiKind.FixedBytes => !word[type.Width..].ContainsAnyExcept((byte)0),
        _ => throw new UnreachableException(),
    };
}
