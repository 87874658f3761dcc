using System.Globalization;

namespace Mempulse.Primitives;

/// <summary>A block's height.</summary>
/// <remarks>Genesis is 0.</remarks>
/// <param name="Value">The height.</param>
public readonly record struct BlockNumber(ulong Value) : IComparable<BlockNumber>
{
    /// <inheritdoc/>
    public int CompareTo(BlockNumber other) => Value.CompareTo(other.Value);

    /// <summary>The bare number.</summary>
    public override string ToString() => Value.ToString(NumberFormatInfo.InvariantInfo);

    /// <summary>Order as numbers.</summary>
    public static bool operator <(BlockNumber left, BlockNumber right) => left.Value < right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >(BlockNumber left, BlockNumber right) => left.Value > right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator <=(BlockNumber left, BlockNumber right) => left.Value <= right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >=(BlockNumber left, BlockNumber right) => left.Value >= right.Value;
}
