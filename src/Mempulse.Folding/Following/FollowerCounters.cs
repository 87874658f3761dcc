namespace Mempulse.Folding.Following;

/// <summary>What a follower met since it started.</summary>
public sealed record FollowerCounters
{
    /// <summary>Events delivered.</summary>
    public long Events { get; internal set; }

    /// <summary>Those that were offered; the others were read from the log.</summary>
    public long OfferedEvents { get; internal set; }

    /// <summary>Offers that brought nothing new.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Holes between offers, filled from the log.</summary>
    public long Holes { get; internal set; }

    /// <summary>Times the watermark moved and no offer came.</summary>
    public long Stalls { get; internal set; }

    /// <summary>Times not even a watermark came.</summary>
    public long Silences { get; internal set; }

    /// <summary>Offers of an epoch that is over.</summary>
    public long StaleEpochs { get; internal set; }

    /// <summary>Offers for which the buffer had no room.</summary>
    public long Overflows { get; internal set; }
}
