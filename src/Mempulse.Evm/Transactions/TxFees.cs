using Mempulse.Evm.Blocks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Transactions;

/// <summary>What a transaction pays per gas and for its blobs.</summary>
/// <param name="GasPrice">Effective wei per gas.</param>
/// <param name="Tip">The part of it that goes to the coinbase.</param>
/// <param name="BlobFee">Wei for all blobs, burnt.</param>
internal readonly record struct TxFees(UInt256 GasPrice, UInt256 Tip, UInt256 BlobFee)
{
    /// <summary>The fees of a valid transaction (EIP-1559, EIP-4844).</summary>
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

        ulong blobGas = (ulong)transaction.BlobHashes.Length * Blocks.BlobFee.GasPerBlob;
        return new TxFees(price, tip, blobGas == 0 ? default : block.BlobBaseFee * blobGas);
    }
}
