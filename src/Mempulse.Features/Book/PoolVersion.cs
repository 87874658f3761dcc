using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>The state of a pool from a block on.</summary>
/// <param name="Since">The height of the block after which it is this state.</param>
/// <param name="State">The state.</param>
internal readonly record struct PoolVersion(BlockNumber Since, PoolState State);
