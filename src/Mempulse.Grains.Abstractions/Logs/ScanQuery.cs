using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Logs;

/// <summary>What a scan looks for.</summary>
/// <param name="After">The position before the first record to look at.</param>
/// <param name="Kinds">Numbers of the event kinds wanted; empty for all.</param>
/// <param name="Limit">Most records to answer with, from 1 to <see cref="MaxLimit"/>.</param>
[GenerateSerializer, Immutable, Alias("mempulse.scan-query")]
public sealed record ScanQuery(
    [property: Id(0)] GlobalSeq After,
    [property: Id(1)] IReadOnlyList<ushort> Kinds,
    [property: Id(2)] int Limit)
{
    /// <summary>Most records of one answer.</summary>
    public const int MaxLimit = 1000;
}
