using Mempulse.Primitives;

namespace Mempulse.Grains;

/// <summary>The wall clock in the unit of the log.</summary>
internal static class Clock
{
    /// <summary>Now.</summary>
    public static UnixNanoseconds Now(TimeProvider time) => UnixNanoseconds.FromUtcTicks(time.GetUtcNow().UtcTicks);
}
