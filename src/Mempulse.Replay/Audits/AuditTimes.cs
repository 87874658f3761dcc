namespace Mempulse.Replay.Audits;

/// <summary>Times of an audit, in Unix nanoseconds, and their limits.</summary>
internal static class AuditTimes
{
    /// <summary>A missing transaction must have been with every live source for this long.</summary>
    public const long LeastWindow = 30_000_000_000;

    /// <summary>The margin while fewer than <see cref="LeastSamples"/> delays were measured: a third of a slot.</summary>
    public const long DefaultMargin = 4_000_000_000;

    /// <summary>Delays that a 99th percentile needs.</summary>
    public const ulong LeastSamples = 100;

    /// <summary>A block that arrives later than this after its timestamp was fetched, not received; its timestamp says nothing about our clock.</summary>
    public const long LongestArrival = 60_000_000_000;

    private const long PerMicrosecond = 1_000;
    private const ulong PerSecond = 1_000_000_000;

    /// <summary>A time a number of microseconds later.</summary>
    public static long After(long at, uint micros) => Math.Min(at, long.MaxValue - (uint.MaxValue * PerMicrosecond)) + (micros * PerMicrosecond);

    /// <summary>Microseconds from one time to another, rounded to zero.</summary>
    public static long MicrosBetween(long from, long to) => (to / PerMicrosecond) - (from / PerMicrosecond);

    /// <summary>Nanoseconds of a duration in microseconds; bounded to a day, which no margin exceeds.</summary>
    public static long OfMicros(ulong micros) => (long)Math.Min(micros, 86_400_000_000) * PerMicrosecond;

    /// <summary>When the slot of a block began.</summary>
    /// <param name="timestampSeconds">The block's timestamp.</param>
    /// <param name="arrivedAt">When it arrived.</param>
    /// <param name="isTimestamp">False if the timestamp does not fit, so that the arrival stands for it.</param>
    public static long SlotOf(ulong timestampSeconds, long arrivedAt, out bool isTimestamp)
    {
        long stated = timestampSeconds <= long.MaxValue / PerSecond ? (long)(timestampSeconds * PerSecond) : long.MaxValue;
        isTimestamp = stated <= arrivedAt && arrivedAt - stated <= LongestArrival;
        return isTimestamp ? stated : arrivedAt;
    }
}
