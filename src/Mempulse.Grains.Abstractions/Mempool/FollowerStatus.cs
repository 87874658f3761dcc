namespace Mempulse.Grains.Abstractions.Mempool;

/// <summary>Counters of a log follower since it started.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.follower-status")]
public sealed record FollowerStatus
{
    /// <summary>Events delivered.</summary>
    [Id(0)]
    public long Events { get; init; }

    /// <summary>Events delivered from offers; the rest were read from the log.</summary>
    [Id(1)]
    public long StreamedEvents { get; init; }

    /// <summary>Offers without new events.</summary>
    [Id(2)]
    public long Duplicates { get; init; }

    /// <summary>Holes between offers, filled from the log.</summary>
    [Id(3)]
    public long Holes { get; init; }

    /// <summary>Times the watermark advanced without an offer.</summary>
    [Id(4)]
    public long Stalls { get; init; }

    /// <summary>Times nothing arrived, not even a watermark.</summary>
    [Id(5)]
    public long Silences { get; init; }

    /// <summary>Offers from an earlier epoch.</summary>
    [Id(6)]
    public long StaleEpochs { get; init; }

    /// <summary>Offers that did not fit into the buffer.</summary>
    [Id(7)]
    public long Overflows { get; init; }
}
