using System.Globalization;

namespace Mempulse.Primitives;

/// <summary>Identifies a writer of a log: each time the log is opened for writing, it gets the next epoch.</summary>
/// <remarks><c>default</c> (0) is before the first writer.</remarks>
/// <param name="Value">The epoch's number, from 1.</param>
public readonly record struct Epoch(ulong Value) : IComparable<Epoch>
{
    /// <summary>The next epoch.</summary>
    public Epoch Next => new(Value + 1);

    /// <inheritdoc/>
    public int CompareTo(Epoch other) => Value.CompareTo(other.Value);

    /// <summary>The bare number.</summary>
    public override string ToString() => Value.ToString(NumberFormatInfo.InvariantInfo);

    /// <summary>Order as numbers.</summary>
    public static bool operator <(Epoch left, Epoch right) => left.Value < right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >(Epoch left, Epoch right) => left.Value > right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator <=(Epoch left, Epoch right) => left.Value <= right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >=(Epoch left, Epoch right) => left.Value >= right.Value;
}
