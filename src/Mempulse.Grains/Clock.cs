using Mempulse.Primitives;

namespace Mempulse.Grains;

/// <summary>Reads the wall clock in the log's unit.</summary>
internal static class Clock
{
    /// <summary>The current time.</summary>
    public static UnixNanoseconds Now(TimeProvider time) => UnixNanoseconds.FromUtcTicks(time.GetUtcNow().UtcTicks);
}
