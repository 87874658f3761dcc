using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>The time of an observation, from the injected clock.</summary>
public static class ObservationClock
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Now, to 100 ns.</summary>
    public static UnixNanoseconds Now(TimeProvider time) =>
        new((time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NanosecondsPerTick);
}
