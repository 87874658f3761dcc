using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>A receipt as a node returned it in JSON. Nothing in it is proven until the block's receipts hash to the header's receiptsRoot.</summary>
/// <remarks>The root covers the outcome or the state root, the cumulative gas, the logs and the deposit fields. It does not cover the rest.</remarks>
public sealed record RpcReceipt
{
    /// <summary>Hash of the transaction.</summary>
    public required Hash256 TransactionHash { get; init; }

    /// <summary>Hash of the block that includes it; null if the node names none.</summary>
    public required Hash256? BlockHash { get; init; }

    /// <summary>The status; unknown for a receipt without one.</summary>
    public required ExecutionOutcome Outcome { get; init; }

    /// <summary>The root of the state after the transaction, in receipts before Byzantium; null otherwise.</summary>
    public required Hash256? StateRoot { get; init; }

    /// <summary>Gas used by this transaction alone; null if the node does not state it.</summary>
    public required Gas? GasUsed { get; init; }

    /// <summary>Gas used in the block up to and including this transaction; null if the node does not state it.</summary>
    public required Gas? CumulativeGasUsed { get; init; }

    /// <summary>The logs.</summary>
    public required IReadOnlyList<TxLog> Logs { get; init; }

    /// <summary>Of a deposit transaction (OP Stack), the nonce of its sender; null otherwise.</summary>
    public ulong? DepositNonce { get; init; }

    /// <summary>Of a deposit transaction since Canyon, the version of the receipt, from which on the root covers both fields; null otherwise.</summary>
    public ulong? DepositVersion { get; init; }
}
