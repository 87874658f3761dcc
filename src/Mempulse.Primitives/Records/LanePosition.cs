namespace Mempulse.Primitives.Records;

/// <summary>Where a record stands in its lane; it rises strictly within a lane, so the highest one appended tells every repetition.</summary>
/// <param name="Cause">The cause of a derived event; <see cref="GlobalSeq.None"/> for every fact.</param>
/// <param name="LocalSeq">The local sequence number, or the ordinal under the cause.</param>
public readonly record struct LanePosition(GlobalSeq Cause, ulong LocalSeq) : IComparable<LanePosition>
{
    /// <inheritdoc/>
    public int CompareTo(LanePosition other)
    {
        int order = Cause.CompareTo(other.Cause);
        return order != 0 ? order : LocalSeq.CompareTo(other.LocalSeq);
    }

    /// <summary>Order by cause, then number.</summary>
    public static bool operator <(LanePosition left, LanePosition right) => left.CompareTo(right) < 0;

    /// <summary>Order by cause, then number.</summary>
    public static bool operator >(LanePosition left, LanePosition right) => left.CompareTo(right) > 0;

    /// <summary>Order by cause, then number.</summary>
    public static bool operator <=(LanePosition left, LanePosition right) => left.CompareTo(right) <= 0;

    /// <summary>Order by cause, then number.</summary>
    public static bool operator >=(LanePosition left, LanePosition right) => left.CompareTo(right) >= 0;
}
