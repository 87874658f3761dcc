using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Mempool;

/// <summary>A canonical block as the fold knows it.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Hash">The block.</param>
/// <param name="ParentHash">The block before it; the zero hash for the last final one, whose parent is not kept.</param>
[GenerateSerializer, Immutable, Alias("mempulse.folded-block")]
public sealed record FoldedBlock(
    [property: Id(0)] BlockNumber Number,
    [property: Id(1)] Hash256 Hash,
    [property: Id(2)] Hash256 ParentHash);
