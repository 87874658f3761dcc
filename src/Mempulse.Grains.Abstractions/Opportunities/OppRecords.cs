using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Opportunities;

/// <summary>What the log and the fold have of an opportunity.</summary>
/// <param name="View">The opportunity as the fold holds it; null once it is final and forgotten.</param>
/// <param name="Records">Its records in log order, at least one: what is evidence for it.</param>
/// <param name="AsOf">The position up to which the log was read.</param>
/// <param name="IsTruncated">True when the log has more of its records than one answer can hold.</param>
[GenerateSerializer, Immutable, Alias("mempulse.opp-records")]
public sealed record OppRecords(
    [property: Id(0)] OppView? View, [property: Id(1)] IReadOnlyList<SequencedRecord> Records, [property: Id(2)] GlobalSeq AsOf, [property: Id(3)] bool IsTruncated);
