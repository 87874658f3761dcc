using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Mempulse.Primitives;

/// <summary>The identity of a source of sightings (an RPC endpoint, a peer, a capture), derived from its name.</summary>
/// <remarks>Derived, so that it survives restarts and replays; <c>SourceConnected</c> records the name. <c>default</c> means no source.</remarks>
/// <param name="Value">XxHash64 of the name's UTF-16 code units.</param>
public readonly record struct SourceId(ulong Value) : IComparable<SourceId>
{
    /// <summary>The id of the source called <paramref name="name"/>.</summary>
    public static SourceId Of(string name) => new(XxHash64.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan())));

    /// <inheritdoc/>
    public int CompareTo(SourceId other) => Value.CompareTo(other.Value);

    /// <summary>16 hex digits.</summary>
    public override string ToString() => Value.ToString("x16", NumberFormatInfo.InvariantInfo);

    /// <summary>Order as numbers.</summary>
    public static bool operator <(SourceId left, SourceId right) => left.Value < right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >(SourceId left, SourceId right) => left.Value > right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator <=(SourceId left, SourceId right) => left.Value <= right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >=(SourceId left, SourceId right) => left.Value >= right.Value;
}
