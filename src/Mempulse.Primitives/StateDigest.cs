using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Hashing;

namespace Mempulse.Primitives;

/// <summary>A 128-bit digest of a set of entries: the sum of the entries' XxHash128 modulo 2^128.</summary>
/// <remarks>
/// It is a sum, so the order of entries does not matter and replacing one entry takes constant time. It distinguishes a
/// correct replay from a diverged one; it is not collision-resistant against crafted entries.
/// </remarks>
/// <param name="Value">The sum.</param>
public readonly record struct StateDigest(UInt128 Value)
{
    /// <summary>The digest of no entries.</summary>
    public static StateDigest Empty => default;

    /// <summary>The contribution of one encoded entry.</summary>
    public static StateDigest OfEntry(ReadOnlySpan<byte> entry) => new(XxHash128.HashToUInt128(entry));

    /// <summary>This set and the entries of <paramref name="added"/>.</summary>
    public StateDigest Plus(StateDigest added) => new(unchecked(Value + added.Value)); // modulo 2^128 by definition

    /// <summary>This set without the entries of <paramref name="removed"/>.</summary>
    public StateDigest Minus(StateDigest removed) => new(unchecked(Value - removed.Value)); // modulo 2^128 by definition

    /// <summary>Parses 32 hex digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out StateDigest digest)
    {
        bool valid = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, NumberFormatInfo.InvariantInfo, out var value) && text!.Length == 32;
        digest = valid ? new StateDigest(value) : default;
        return valid;
    }

    /// <summary>32 hex digits.</summary>
    public override string ToString() => Value.ToString("x32", NumberFormatInfo.InvariantInfo);
}
