using System.Globalization;

namespace Mempulse.Primitives;

/// <summary>A position in one chain's log.</summary>
/// <remarks>Dense: the first event is 1 and each following event is one more. <c>default</c> (0) is the position before the first event.</remarks>
/// <param name="Value">The position.</param>
public readonly record struct GlobalSeq(ulong Value) : IComparable<GlobalSeq>
{
    /// <summary>The position before the first event.</summary>
    public static GlobalSeq None => default;

    /// <summary>The position after this one.</summary>
    public GlobalSeq Next => new(Value + 1);

    /// <summary>The position <paramref name="events"/> events later.</summary>
    public GlobalSeq Plus(ulong events) => new(Value + events);

    /// <inheritdoc/>
    public int CompareTo(GlobalSeq other) => Value.CompareTo(other.Value);

    /// <summary>The bare number.</summary>
    public override string ToString() => Value.ToString(NumberFormatInfo.InvariantInfo);

    /// <summary>Order as numbers.</summary>
    public static bool operator <(GlobalSeq left, GlobalSeq right) => left.Value < right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >(GlobalSeq left, GlobalSeq right) => left.Value > right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator <=(GlobalSeq left, GlobalSeq right) => left.Value <= right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >=(GlobalSeq left, GlobalSeq right) => left.Value >= right.Value;
}
