using System.Globalization;

namespace Mempulse.Primitives;

/// <summary>An instant in nanoseconds since 1970-01-01T00:00:00Z.</summary>
/// <remarks>For analysis only: nothing is ordered by it.</remarks>
/// <param name="Value">Nanoseconds since the Unix epoch.</param>
public readonly record struct UnixNanoseconds(long Value) : IComparable<UnixNanoseconds>
{
    /// <inheritdoc/>
    public int CompareTo(UnixNanoseconds other) => Value.CompareTo(other.Value);

    /// <summary>The bare number.</summary>
    public override string ToString() => Value.ToString(NumberFormatInfo.InvariantInfo);

    /// <summary>Order as numbers.</summary>
    public static bool operator <(UnixNanoseconds left, UnixNanoseconds right) => left.Value < right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >(UnixNanoseconds left, UnixNanoseconds right) => left.Value > right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator <=(UnixNanoseconds left, UnixNanoseconds right) => left.Value <= right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >=(UnixNanoseconds left, UnixNanoseconds right) => left.Value >= right.Value;
}
