using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>What a node says of the execution of a transaction.</summary>
/// <param name="IsSuccess">Its status.</param>
/// <param name="GasUsed">The gas that it used.</param>
public readonly record struct ReceiptClaim(bool IsSuccess, Gas GasUsed);
