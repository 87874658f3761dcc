using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Logs;

/// <summary>Records that a query found.</summary>
/// <param name="Records">The records, in ascending order of position.</param>
/// <param name="Next">The cursor for the next query: the last position examined, at or below the watermark. Never below the requested position.</param>
/// <param name="Watermark">The highest durable position.</param>
[GenerateSerializer, Immutable, Alias("mempulse.record-page")]
public sealed record RecordPage(
    [property: Id(0)] IReadOnlyList<SequencedRecord> Records,
    [property: Id(1)] GlobalSeq Next,
    [property: Id(2)] GlobalSeq Watermark)
{
    /// <summary>The damage that begins right after <see cref="Next"/>, so that nothing further can be read there; null if what follows is readable.</summary>
    [Id(3)]
    public DamagedPlace? Damage { get; init; }

    /// <summary>True when there are no durable records past <see cref="Next"/>.</summary>
    public bool IsAtEnd => Next >= Watermark;
}
