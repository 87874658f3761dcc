using Mempulse.Evm.Blocks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Transactions;

/// <summary>The fees of a transaction.</summary>
/// <param name="GasPrice">Effective gas price in wei per gas.</param>
/// <param name="Tip">The part of the price paid to the coinbase, in wei per gas.</param>
/// <param name="BlobFee">Fee for all blobs in wei, which is burnt.</param>
internal readonly record struct TxFees(UInt256 GasPrice, UInt256 Tip, UInt256 BlobFee)
{
    /// <summary>Computes the fees of a valid transaction (EIP-1559, EIP-4844).</summary>
    public static TxFees Of(EvmTransaction transaction, BlockEnv block)
    {
        var price = transaction.MaxFeePerGas;
        var tip = price;
        if (block.Rules.HasBaseFee)
        {
            var room = price - block.BaseFee;
            tip = room < transaction.MaxPriorityFeePerGas ? room : transaction.MaxPriorityFeePerGas;
            price = block.BaseFee + tip;
        }

        ulong blobGas = (ulong)transaction.BlobHashes.Length * Eip4844.GasPerBlob;
        return new TxFees(price, tip, blobGas == 0 ? default : block.BlobBaseFee * blobGas);
    }
}
