using Mempulse.Observability;

namespace Mempulse.Grains.Mempool;

/// <summary>The fold's last reading for metrics: collectors run on threads of their own and must not touch the fold.</summary>
internal sealed class FoldReadings
{
    /// <summary>How often a reading is taken.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private FoldReading _latest = new()
    {
        Applied = 0,
        LagEvents = 0,
        TxsByState = [],
        Divergences = 0,
        FollowedEvents = 0,
        StreamedEvents = 0,
        Incidents = [],
    };

    /// <summary>The last reading taken.</summary>
    public FoldReading Latest
    {
        get => Volatile.Read(ref _latest);
        set => Volatile.Write(ref _latest, value);
    }
}
