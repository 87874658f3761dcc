using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Competition;

/// <summary>A bundle that relays may have had and whose block does not have it.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Block">The block at its target height.</param>
/// <param name="Account">The account whose gain counts.</param>
/// <param name="Token">The token that it is counted in.</param>
[GenerateSerializer, Immutable, Alias("mempulse.examination-task")]
public sealed record ExaminationTask(
    [property: Id(0)] BundleSummary Bundle, [property: Id(1)] Hash256 Block, [property: Id(2)] Address Account, [property: Id(3)] Address Token);
