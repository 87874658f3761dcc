using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>Reads the time of an observation from the injected clock.</summary>
public static class ObservationClock
{
    /// <summary>Returns the current time in steps of 100 ns.</summary>
    public static UnixNanoseconds Now(TimeProvider time) => UnixNanoseconds.FromUtcTicks(time.GetUtcNow().UtcTicks);
}
