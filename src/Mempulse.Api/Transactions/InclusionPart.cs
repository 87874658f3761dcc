namespace Mempulse.Api.Transactions;

/// <summary>Where a block includes a transaction.</summary>
/// <param name="Block">The block.</param>
/// <param name="Number">Its height.</param>
/// <param name="Index">The transaction's index in it, from 0.</param>
/// <param name="Succeeded">The receipt's status; true when the receipt is not known.</param>
public sealed record InclusionPart(string Block, ulong Number, int Index, bool Succeeded);
