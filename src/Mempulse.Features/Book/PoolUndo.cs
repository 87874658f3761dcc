using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>What a block changed of a pool.</summary>
/// <param name="At">The height of the block.</param>
/// <param name="Change">What it changed.</param>
internal readonly record struct PoolUndo(BlockNumber At, PoolChange Change);
