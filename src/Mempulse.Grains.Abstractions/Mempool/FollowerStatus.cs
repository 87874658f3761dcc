namespace Mempulse.Grains.Abstractions.Mempool;

/// <summary>Counters of a log follower since it started.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.follower-status")]
public sealed record FollowerStatus
{
    /// <summary>Events delivered.</summary>
    [Id(0)]
    public long Events { get; init; }

    /// <summary>Events delivered out of stream items; the others came out of the log.</summary>
    [Id(1)]
    public long StreamedEvents { get; init; }

    /// <summary>Stream items that brought nothing new.</summary>
    [Id(2)]
    public long Duplicates { get; init; }

    /// <summary>Holes between stream items, filled from the log.</summary>
    [Id(3)]
    public long Holes { get; init; }

    /// <summary>Times the watermark moved and no item came.</summary>
    [Id(4)]
    public long Stalls { get; init; }

    /// <summary>Times not even a watermark came.</summary>
    [Id(5)]
    public long Silences { get; init; }

    /// <summary>Items of an epoch that is over.</summary>
    [Id(6)]
    public long StaleEpochs { get; init; }

    /// <summary>Items for which the buffer had no room.</summary>
    [Id(7)]
    public long Overflows { get; init; }
}
