using System.Globalization;

namespace Mempulse.Primitives;

/// <summary>The sequence number of a transaction in its sender's account.</summary>
/// <remarks>The first transaction of an account has nonce 0.</remarks>
/// <param name="Value">The number.</param>
public readonly record struct Nonce(ulong Value) : IComparable<Nonce>
{
    /// <inheritdoc/>
    public int CompareTo(Nonce other) => Value.CompareTo(other.Value);

    /// <summary>The bare number.</summary>
    public override string ToString() => Value.ToString(NumberFormatInfo.InvariantInfo);

    /// <summary>Order as numbers.</summary>
    public static bool operator <(Nonce left, Nonce right) => left.Value < right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >(Nonce left, Nonce right) => left.Value > right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator <=(Nonce left, Nonce right) => left.Value <= right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >=(Nonce left, Nonce right) => left.Value >= right.Value;
}
