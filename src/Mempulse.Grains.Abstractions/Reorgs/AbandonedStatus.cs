using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Reorgs;

/// <summary>A chain that was left beyond finality.</summary>
/// <param name="At">When this was observed.</param>
/// <param name="OldHead">The head of the abandoned chain.</param>
/// <param name="OldNumber">Its height.</param>
/// <param name="NewHead">The head of the chain that replaced it.</param>
/// <param name="NewNumber">Its height.</param>
/// <param name="CommonAncestor">Height of the last block both chains share; null when it is not known.</param>
/// <param name="IsAcknowledged">True when the configuration acknowledges it, so that it is no longer a problem.</param>
[GenerateSerializer, Immutable, Alias("mempulse.abandoned-status")]
public sealed record AbandonedStatus(
    [property: Id(0)] UnixNanoseconds At,
    [property: Id(1)] Hash256 OldHead,
    [property: Id(2)] BlockNumber OldNumber,
    [property: Id(3)] Hash256 NewHead,
    [property: Id(4)] BlockNumber NewNumber,
    [property: Id(5)] BlockNumber? CommonAncestor,
    [property: Id(6)] bool IsAcknowledged)
{
    /// <summary>True if a block is on the abandoned chain.</summary>
    /// <param name="number">Its height.</param>
    /// <param name="observedAt">When it was observed.</param>
    public bool Contains(BlockNumber number, UnixNanoseconds observedAt) =>
        observedAt <= At && (CommonAncestor is not { } ancestor || number > ancestor);
}
