using System.Globalization;

namespace Mempulse.Primitives;

/// <summary>An EIP-155 chain id.</summary>
/// <remarks>Mainnet is 1; <c>default</c> (0) names no chain.</remarks>
/// <param name="Value">The id.</param>
public readonly record struct ChainId(ulong Value) : IComparable<ChainId>
{
    /// <inheritdoc/>
    public int CompareTo(ChainId other) => Value.CompareTo(other.Value);

    /// <summary>The bare number.</summary>
    public override string ToString() => Value.ToString(NumberFormatInfo.InvariantInfo);

    /// <summary>Order as numbers.</summary>
    public static bool operator <(ChainId left, ChainId right) => left.Value < right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >(ChainId left, ChainId right) => left.Value > right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator <=(ChainId left, ChainId right) => left.Value <= right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >=(ChainId left, ChainId right) => left.Value >= right.Value;
}
