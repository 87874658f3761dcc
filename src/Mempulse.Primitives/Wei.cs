namespace Mempulse.Primitives;

/// <summary>An amount in wei, the smallest unit of ether.</summary>
/// <remarks>1 ether is 10^18 wei.</remarks>
/// <param name="Value">The amount.</param>
public readonly record struct Wei(UInt256 Value) : IComparable<Wei>
{
    /// <inheritdoc/>
    public int CompareTo(Wei other) => Value.CompareTo(other.Value);

    /// <summary>The bare number.</summary>
    public override string ToString() => Value.ToString();

    /// <summary>Order as numbers.</summary>
    public static bool operator <(Wei left, Wei right) => left.Value < right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >(Wei left, Wei right) => left.Value > right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator <=(Wei left, Wei right) => left.Value <= right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >=(Wei left, Wei right) => left.Value >= right.Value;
}
