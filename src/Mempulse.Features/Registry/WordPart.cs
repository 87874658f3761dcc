using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>What is taken of the value that a path leads to. <c>default</c> takes the value itself.</summary>
internal readonly record struct WordPart
{
    /// <summary>Where the part of packed bytes begins; negative counts from their end.</summary>
    public int SliceStart { get; init; }

    /// <summary>Number of packed bytes, at most a word; 0 if the value is a word.</summary>
    public int SliceLength { get; init; }

    /// <summary>The lowest bit that is taken.</summary>
    public int FirstBit { get; init; }

    /// <summary>Number of bits; 0 for all.</summary>
    public int BitCount { get; init; }

    /// <summary>True if a negative number is taken without its sign, and any other as zero.</summary>
    public bool IsNegated { get; init; }

    /// <summary>True if the value itself is taken.</summary>
    public bool IsWhole => this == default;

    /// <summary>Takes the part of packed bytes as a number.</summary>
    /// <returns>False if the bytes end before it.</returns>
    public bool TrySlice(ReadOnlySpan<byte> bytes, out UInt256 word)
    {
        long start = SliceStart < 0 ? (long)bytes.Length + SliceStart : SliceStart;
        bool fits = start >= 0 && start + SliceLength <= bytes.Length;
        word = fits ? UInt256.FromBigEndian(bytes.Slice((int)start, SliceLength)) : default;
        return fits;
    }

    /// <summary>Takes the bits of a word.</summary>
    public UInt256 Of(in UInt256 word)
    {
        if (IsNegated)
        {
            UInt256.NegateWrapping(word, out var negative);
            return word.IsNegative ? negative : UInt256.Zero;
        }

        if (BitCount == 0)
        {
            return word;
        }

        UInt256.ShiftLeft(word, 256 - FirstBit - BitCount, out var high);
        UInt256.ShiftRight(high, 256 - BitCount, out var bits);
        return bits;
    }
}
