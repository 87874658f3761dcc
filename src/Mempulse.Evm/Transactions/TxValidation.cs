using Mempulse.Ethereum.Validity;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Transactions;

/// <summary>The validity rules of a transaction in a block; those that need no state come first.</summary>
internal static class TxValidation
{
    /// <summary>Returns the first violated rule; <see cref="TxRejection.None"/> when the transaction is valid.</summary>
    public static TxRejection Check(EvmTransaction transaction, BlockEnv block, in IntrinsicGas intrinsic, WorldState state)
    {
        var rejection = CheckForm(transaction, block);
        if (rejection == TxRejection.None)
        {
            rejection = CheckGas(transaction, block, intrinsic);
        }

        if (rejection == TxRejection.None)
        {
            rejection = CheckFees(transaction, block);
        }

        return rejection == TxRejection.None ? CheckSender(transaction, state.Get(transaction.Sender), state) : rejection;
    }

    private static TxRejection CheckForm(EvmTransaction transaction, BlockEnv block)
    {
        if (!block.Rules.Has(TransactionValidity.FirstForkOf(transaction.Type)))
        {
            return TxRejection.TypeNotSupported;
        }

        if (transaction.ChainId is { } chain && chain != block.ChainId && (transaction.Type != TxType.Legacy || block.Rules.Has(Fork.SpuriousDragon)))
        {
            return TxRejection.WrongChain;
        }

        return transaction.Type switch
        {
            TxType.Blob => CheckBlobs(transaction, block.Rules),
            TxType.SetCode => CheckSetCode(transaction),
            _ => TxRejection.None,
        };
    }

    private static TxRejection CheckBlobs(EvmTransaction transaction, ForkRules rules)
    {
        if (transaction.Recipient is null)
        {
            return TxRejection.BlobCreates;
        }

        var hashes = transaction.BlobHashes.Span;
        if (hashes.IsEmpty)
        {
            return TxRejection.NoBlobs;
        }

        int most = rules.Has(Fork.Osaka) ? Math.Min(Eip7594.MaxBlobsPerTransaction, rules.Blobs.Max) : rules.Blobs.Max;
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        foreach (var hash in hashes)
        {
            hash.CopyTo(bytes);
            if (bytes[0] != Eip4844.VersionedHashVersionKzg)
            {
                return TxRejection.BlobVersion;
            }
        }

        return hashes.Length > most ? TxRejection.TooManyBlobs : TxRejection.None;
    }

    private static TxRejection CheckSetCode(EvmTransaction transaction)
    {
        if (transaction.Recipient is null)
        {
            return TxRejection.SetCodeCreates;
        }

        return transaction.Authorizations.Count == 0 ? TxRejection.NoAuthorizations : TxRejection.None;
    }

    private static TxRejection CheckGas(EvmTransaction transaction, BlockEnv block, in IntrinsicGas intrinsic)
    {
        // A header's gas limit is at most 2^63 - 1, and so is what a transaction can use; a block environment need not come from a header.
        if (transaction.GasLimit > Math.Min(block.GasLimit, FrontierHeader.MaxGasLimit))
        {
            return TxRejection.GasAboveBlock;
        }

        if (block.Rules.CapsTransactionGas && transaction.GasLimit > Eip7825.MaxTxGasLimit)
        {
            return TxRejection.GasAboveCap;
        }

        if (block.Rules.MetersInitcode && transaction.Recipient is null && transaction.Input.Length > Eip3860.MaxInitcodeSize)
        {
            return TxRejection.InitcodeTooLarge;
        }

        if (transaction.GasLimit < intrinsic.Intrinsic.Value)
        {
            return TxRejection.IntrinsicGasTooLow;
        }

        return transaction.GasLimit < intrinsic.Floor.Value ? TxRejection.GasBelowFloor : TxRejection.None;
    }

    private static TxRejection CheckFees(EvmTransaction transaction, BlockEnv block)
    {
        if (block.Rules.HasBaseFee)
        {
            if (transaction.MaxPriorityFeePerGas > transaction.MaxFeePerGas)
            {
                return TxRejection.TipAboveFeeCap;
            }

            if (transaction.MaxFeePerGas < block.BaseFee)
            {
                return TxRejection.FeeCapBelowBaseFee;
            }
        }

        return transaction.Type == TxType.Blob && transaction.MaxFeePerBlobGas < block.BlobBaseFee
            ? TxRejection.BlobFeeCapTooLow
            : TxRejection.None;
    }

    private static TxRejection CheckSender(EvmTransaction transaction, Account sender, WorldState state)
    {
        if (sender.Nonce == Eip2681.NonceLimit || transaction.Nonce == Eip2681.NonceLimit)
        {
            return TxRejection.NonceAtEnd;
        }

        if (transaction.Nonce != sender.Nonce)
        {
            return transaction.Nonce < sender.Nonce ? TxRejection.NonceTooLow : TxRejection.NonceTooHigh;
        }

        if (sender.HasCode && !state.CodeOf(sender).TryGetDelegate(out _))
        {
            return TxRejection.SenderIsContract;
        }

        if (!TryGetMaxCost(transaction, out var cost))
        {
            return TxRejection.CostOverflow;
        }

        return sender.Balance < cost ? TxRejection.InsufficientFunds : TxRejection.None;
    }

    /// <summary>Computes the maximum cost: gas and blob gas at their maximum fees, plus the value; false on overflow.</summary>
    private static bool TryGetMaxCost(EvmTransaction transaction, out UInt256 cost)
    {
        cost = UInt256.Multiply(transaction.MaxFeePerGas, transaction.GasLimit, out bool wrapped);
        cost = UInt256.Add(cost, transaction.Value, out bool addWrapped);
        var blobCost = UInt256.Multiply(transaction.MaxFeePerBlobGas, (ulong)transaction.BlobHashes.Length * BlobFee.GasPerBlob, out bool blobWrapped);
        cost = UInt256.Add(cost, blobCost, out bool sumWrapped);
        return !(wrapped || addWrapped || blobWrapped || sumWrapped);
    }
}
