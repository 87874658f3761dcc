using Mempulse.Grains.Abstractions.Mempool;

namespace Mempulse.Grains.Following;

/// <summary>What a follower met since it started. Written under the follower's lock.</summary>
internal sealed class FollowerCounters
{
    public long Events { get; set; }

    public long StreamedEvents { get; set; }

    public long Duplicates { get; set; }

    public long Holes { get; set; }

    public long Stalls { get; set; }

    public long Silences { get; set; }

    public long StaleEpochs { get; set; }

    public long Overflows { get; set; }

    public FollowerStatus ToStatus() => new()
    {
        Events = Events,
        StreamedEvents = StreamedEvents,
        Duplicates = Duplicates,
        Holes = Holes,
        Stalls = Stalls,
        Silences = Silences,
        StaleEpochs = StaleEpochs,
        Overflows = Overflows,
    };
}
