namespace Mempulse.Client.Transactions;

/// <summary>Where a block includes a transaction.</summary>
/// <param name="Block">The block.</param>
/// <param name="Number">Its height.</param>
/// <param name="Index">The transaction's index in it, from 0.</param>
/// <param name="Outcome">What the receipt says: Succeeded or Reverted; Unknown while no receipt is on record, and for one without a status.</param>
/// <param name="OutcomeVerified">False when a node claims the outcome and the block's receiptsRoot could not confirm it, and while it is unknown.</param>
/// <param name="ChainAbandoned">True when the chain of the block was replaced beyond finality: the transaction is not in the present chain.</param>
public sealed record InclusionPart(string Block, ulong Number, int Index, string Outcome, bool OutcomeVerified, bool ChainAbandoned);
