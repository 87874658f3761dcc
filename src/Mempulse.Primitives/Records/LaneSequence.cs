namespace Mempulse.Primitives.Records;

/// <summary>The sequence of a record in its lane. It rises strictly within a lane, so the highest appended one identifies every repetition.</summary>
/// <param name="Cause">The cause of a derived event; <see cref="GlobalSeq.None"/> for every fact.</param>
/// <param name="LocalSeq">The local sequence number, or the ordinal under the cause.</param>
public readonly record struct LaneSequence(GlobalSeq Cause, ulong LocalSeq) : IComparable<LaneSequence>
{
    /// <inheritdoc/>
    public int CompareTo(LaneSequence other)
    {
        int order = Cause.CompareTo(other.Cause);
        return order != 0 ? order : LocalSeq.CompareTo(other.LocalSeq);
    }

    /// <summary>Order by cause, then number.</summary>
    public static bool operator <(LaneSequence left, LaneSequence right) => left.CompareTo(right) < 0;

    /// <summary>Order by cause, then number.</summary>
    public static bool operator >(LaneSequence left, LaneSequence right) => left.CompareTo(right) > 0;

    /// <summary>Order by cause, then number.</summary>
    public static bool operator <=(LaneSequence left, LaneSequence right) => left.CompareTo(right) <= 0;

    /// <summary>Order by cause, then number.</summary>
    public static bool operator >=(LaneSequence left, LaneSequence right) => left.CompareTo(right) >= 0;
}
