using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Mempool;

/// <summary>A canonical block in the fold.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="ParentHash">The hash of its parent; zero for the last final block, whose parent is not kept.</param>
/// <param name="LacksReceipts">True when it has transactions whose receipts are not on record.</param>
[GenerateSerializer, Immutable, Alias("mempulse.folded-block")]
public sealed record FoldedBlock(
    [property: Id(0)] BlockNumber Number,
    [property: Id(1)] Hash256 Hash,
    [property: Id(2)] Hash256 ParentHash,
    [property: Id(3)] bool LacksReceipts);
