using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Views;

/// <summary>Where a block includes a transaction.</summary>
/// <param name="Block">The block.</param>
/// <param name="Number">Its height.</param>
/// <param name="Index">The transaction's index in it, from 0.</param>
/// <param name="Outcome">What its receipt says.</param>
/// <param name="IsUnverified">True when a node claims the outcome and the block's receiptsRoot could not confirm it.</param>
/// <param name="IsAbandoned">True when the chain of the block was left beyond finality.</param>
public sealed record PoolInclusion(Hash256 Block, BlockNumber Number, int Index, ExecutionOutcome Outcome, bool IsUnverified = false, bool IsAbandoned = false);
