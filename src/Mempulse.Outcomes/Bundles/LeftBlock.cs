using Mempulse.Primitives;

namespace Mempulse.Outcomes.Bundles;

/// <summary>A block that had transactions of a bundle and left the chain.</summary>
/// <param name="Block">The block.</param>
/// <param name="Index">The place of the first of them.</param>
/// <param name="SeenIn">The record of the block.</param>
/// <param name="LeftIn">The record by which it left.</param>
internal readonly record struct LeftBlock(Hash256 Block, int Index, GlobalSeq SeenIn, GlobalSeq LeftIn);
