using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Validity;

/// <summary>Checks a fork's validity rules that need neither state nor block. Yellow Paper, section 6.2, and the EIPs named at the reasons.</summary>
public static class TransactionValidity
{
    /// <summary>Returns the first fork in which transactions of this type are valid (EIP-2930, EIP-1559, EIP-4844, EIP-7702).</summary>
    public static Fork FirstForkOf(TxType type) => type switch
    {
        TxType.Legacy => Fork.Frontier,
        TxType.AccessList => Fork.Berlin,
        TxType.DynamicFee => Fork.London,
        TxType.Blob => Fork.Cancun,
        _ => Fork.Prague,
    };

    /// <summary>Checks a decoded transaction.</summary>
    /// <returns>The first reason found, or <see cref="TxInvalidity.None"/>.</returns>
    public static TxInvalidity Check(scoped in TransactionView tx, Fork fork)
    {
        if (fork < FirstForkOf(tx.Type))
        {
            return TxInvalidity.TypeNotSupported;
        }

        if (tx.Type == TxType.Legacy && tx.ChainId.Value != 0 && fork < Fork.SpuriousDragon)
        {
            return TxInvalidity.ReplayProtectionNotSupported;
        }

        if (fork >= Fork.Homestead && !tx.Signature.HasLowS)
        {
            return TxInvalidity.HighS;
        }

        return CheckGas(tx, fork);
    }

    private static TxInvalidity CheckGas(scoped in TransactionView tx, Fork fork)
    {
        if (tx.MaxPriorityFeePerGas > tx.MaxFeePerGas)
        {
            return TxInvalidity.TipAboveFeeCap;
        }

        if (!UInt256.TryMultiply(tx.MaxFeePerGas.Value, tx.GasLimit.Value, out _))
        {
            return TxInvalidity.CostOverflow;
        }

        if (tx.Recipient is null && fork >= Fork.Shanghai && tx.Input.Length > Eip3860.MaxInitcodeSize)
        {
            return TxInvalidity.InitcodeTooLarge;
        }

        if (fork >= Fork.Osaka && tx.GasLimit.Value > Eip7825.MaxTxGasLimit)
        {
            return TxInvalidity.GasLimitTooHigh;
        }

        if (fork >= Fork.Osaka && tx.BlobCount > Eip7594.MaxBlobsPerTransaction)
        {
            return TxInvalidity.TooManyBlobs;
        }

        return tx.GasLimit < IntrinsicGas.Of(tx, fork).LowestLimit ? TxInvalidity.IntrinsicGas : TxInvalidity.None;
    }
}
