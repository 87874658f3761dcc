using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Pool;

/// <summary>What the fold keeps of a transaction's body; the rest is in the log.</summary>
internal readonly record struct TxBody(TxType Type, Nonce Nonce, TxFees Fees, Gas GasLimit, int BlobCount, int AuthorizationCount)
{
    public static TxBody Of(in NormalizedTxView tx) => new(
        tx.Type,
        tx.Nonce,
        new TxFees(tx.MaxFeePerGas.Value, tx.MaxPriorityFeePerGas.Value, tx.MaxFeePerBlobGas.Value),
        tx.GasLimit,
        tx.BlobCount,
        tx.AuthorizationCount);
}
