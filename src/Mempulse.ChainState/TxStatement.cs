using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>What a node says about a transaction now. It is the node's word: nothing proves it, and it is no event.</summary>
/// <param name="Node">The name of the node's endpoint.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Block">The block that it names; null unless it says that the transaction is included.</param>
/// <param name="Number">The height of that block.</param>
/// <param name="Detail">Why it says nothing, in a sentence; empty if it answers.</param>
public sealed record TxStatement(string Node, TxStatementKind Kind, Hash256? Block, BlockNumber Number, string Detail);
