namespace Mempulse.Client.Transactions;

/// <summary>What a node says about a transaction.</summary>
/// <param name="Node">The name of the node.</param>
/// <param name="Says">Absent, Pending, Included, Refused or Unreachable.</param>
/// <param name="Block">The block that it names; null unless it says Included.</param>
/// <param name="Number">The height of that block; null unless it says Included.</param>
/// <param name="Detail">Why it does not answer, in a sentence; null if it does.</param>
public sealed record NodeStatementPart(string Node, string Says, string? Block, ulong? Number, string? Detail);
