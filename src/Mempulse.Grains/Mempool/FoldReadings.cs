using Mempulse.Observability;

namespace Mempulse.Grains.Mempool;

/// <summary>Holds the last reading of the fold for metrics. Collectors run on other threads and must not touch the fold.</summary>
internal sealed class FoldReadings
{
    /// <summary>The time between two readings.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private FoldReading _latest = new()
    {
        Applied = 0,
        LagEvents = 0,
        TxsByState = [],
        Divergences = 0,
        AbandonedChains = 0,
        Grades = [],
        DriftingDecoders = 0,
        Pools = [],
        BookLeftOut = [],
        InexactTokens = 0,
        Borrowers = [],
        Opportunities = [],
        OpportunityFates = [],
        Coverable = [],
        Covered = [],
        FollowedEvents = 0,
        StreamedEvents = 0,
        Incidents = [],
    };

    /// <summary>The last reading.</summary>
    public FoldReading Latest
    {
        get => Volatile.Read(ref _latest);
        set => Volatile.Write(ref _latest, value);
    }
}
