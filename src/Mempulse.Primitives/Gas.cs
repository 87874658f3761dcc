using System.Globalization;

namespace Mempulse.Primitives;

/// <summary>An amount of gas.</summary>
/// <remarks><c>default</c> is no gas.</remarks>
/// <param name="Value">Units of gas.</param>
public readonly record struct Gas(ulong Value) : IComparable<Gas>
{
    /// <inheritdoc/>
    public int CompareTo(Gas other) => Value.CompareTo(other.Value);

    /// <summary>The bare number.</summary>
    public override string ToString() => Value.ToString(NumberFormatInfo.InvariantInfo);

    /// <summary>Order as numbers.</summary>
    public static bool operator <(Gas left, Gas right) => left.Value < right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >(Gas left, Gas right) => left.Value > right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator <=(Gas left, Gas right) => left.Value <= right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >=(Gas left, Gas right) => left.Value >= right.Value;
}
