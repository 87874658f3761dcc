using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Logs;

/// <summary>A scan for records.</summary>
/// <param name="After">The position before the first record to examine.</param>
/// <param name="Kinds">The numbers of the event kinds to return; empty for all.</param>
/// <param name="Limit">The maximum number of records in the answer, from 1 to <see cref="MaxLimit"/>.</param>
[GenerateSerializer, Immutable, Alias("mempulse.scan-query")]
public sealed record ScanQuery(
    [property: Id(0)] GlobalSeq After,
    [property: Id(1)] IReadOnlyList<ushort> Kinds,
    [property: Id(2)] int Limit)
{
    /// <summary>The maximum number of records in one answer.</summary>
    public const int MaxLimit = 1000;
}
