using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Mempulse.Primitives;

/// <summary>The identity of a producer of events, within which local sequence numbers rise.</summary>
/// <remarks>Derived from the name, so a lane continues its sequence after a restart. <c>default</c> names no lane.</remarks>
/// <param name="Value">XxHash32 of the name's UTF-16 code units.</param>
public readonly record struct LaneId(uint Value) : IComparable<LaneId>
{
    /// <summary>The id of the lane called <paramref name="name"/>.</summary>
    public static LaneId Of(string name) => new(XxHash32.HashToUInt32(MemoryMarshal.AsBytes(name.AsSpan())));

    /// <inheritdoc/>
    public int CompareTo(LaneId other) => Value.CompareTo(other.Value);

    /// <summary>8 hex digits.</summary>
    public override string ToString() => Value.ToString("x8", NumberFormatInfo.InvariantInfo);

    /// <summary>Order as numbers.</summary>
    public static bool operator <(LaneId left, LaneId right) => left.Value < right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >(LaneId left, LaneId right) => left.Value > right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator <=(LaneId left, LaneId right) => left.Value <= right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >=(LaneId left, LaneId right) => left.Value >= right.Value;
}
