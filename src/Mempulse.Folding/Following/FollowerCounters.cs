namespace Mempulse.Folding.Following;

/// <summary>What a follower has encountered since it started.</summary>
public sealed record FollowerCounters
{
    /// <summary>Events delivered.</summary>
    public long Events { get; internal set; }

    /// <summary>Events delivered from offers; the rest were read from the log.</summary>
    public long OfferedEvents { get; internal set; }

    /// <summary>Offers without new events.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Holes between offers, filled from the log.</summary>
    public long Holes { get; internal set; }

    /// <summary>Times the watermark advanced without an offer.</summary>
    public long Stalls { get; internal set; }

    /// <summary>Times nothing arrived, not even a watermark.</summary>
    public long Silences { get; internal set; }

    /// <summary>Offers from an earlier epoch.</summary>
    public long StaleEpochs { get; internal set; }

    /// <summary>Offers that did not fit into the buffer.</summary>
    public long Overflows { get; internal set; }
}
