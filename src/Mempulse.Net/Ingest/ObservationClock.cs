using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>The time of an observation, from the injected clock.</summary>
public static class ObservationClock
{
    /// <summary>Now, to 100 ns.</summary>
    public static UnixNanoseconds Now(TimeProvider time) => UnixNanoseconds.FromUtcTicks(time.GetUtcNow().UtcTicks);
}
