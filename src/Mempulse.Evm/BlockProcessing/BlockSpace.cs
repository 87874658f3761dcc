using Mempulse.Evm.Blocks;
using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>The gas and blob gas that are left for the transactions of a block.</summary>
/// <remarks>Yellow Paper, section 6.2; EIP-4844 for blob gas. Confined to one thread.</remarks>
public sealed class BlockSpace(BlockEnv block)
{
    /// <summary>Gas that the transactions so far used.</summary>
    public ulong GasUsed { get; private set; }

    /// <summary>Blob gas that the transactions so far used.</summary>
    public ulong BlobGasUsed { get; private set; }

    /// <summary>Returns why a transaction does not fit into what is left; <see cref="TxRejection.None"/> if it fits.</summary>
    public TxRejection Check(EvmTransaction transaction)
    {
        if (transaction.GasLimit > block.GasLimit - GasUsed)
        {
            return TxRejection.GasAboveBlock;
        }

        if (!block.Rules.Has(Fork.Cancun))
        {
            return TxRejection.None; // before Cancun a blob transaction is rejected for its type instead
        }

        ulong most = (ulong)block.Rules.Blobs.Max * BlobFee.GasPerBlob;
        return BlobGasOf(transaction) > most - BlobGasUsed ? TxRejection.TooManyBlobs : TxRejection.None;
    }

    /// <summary>Takes the space of an executed transaction, which fitted.</summary>
    public void Take(EvmTransaction transaction, ulong gasUsed)
    {
        GasUsed += gasUsed;
        BlobGasUsed += BlobGasOf(transaction);
    }

    private static ulong BlobGasOf(EvmTransaction transaction) => (ulong)transaction.BlobHashes.Length * BlobFee.GasPerBlob;
}
