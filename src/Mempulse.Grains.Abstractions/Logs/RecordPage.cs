using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Logs;

/// <summary>Records that a query found.</summary>
/// <param name="Records">The records, rising.</param>
/// <param name="Next">Where to go on: the last position looked at, at or below the watermark. Never below what was asked for.</param>
/// <param name="Watermark">The highest durable position.</param>
[GenerateSerializer, Immutable, Alias("mempulse.record-page")]
public sealed record RecordPage(
    [property: Id(0)] IReadOnlyList<SequencedRecord> Records,
    [property: Id(1)] GlobalSeq Next,
    [property: Id(2)] GlobalSeq Watermark)
{
    /// <summary>True when nothing durable lies past <see cref="Next"/>.</summary>
    public bool IsAtEnd => Next >= Watermark;
}
