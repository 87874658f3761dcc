using Mempulse.Primitives;

namespace Mempulse.Grains;

/// <summary>The wall clock in the unit of the log.</summary>
internal static class Clock
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Now.</summary>
    public static UnixNanoseconds Now(TimeProvider time) => new((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick);
}
