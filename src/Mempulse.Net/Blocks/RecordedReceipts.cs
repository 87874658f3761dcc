using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>The receipts that were recorded with a block, proven by its header.</summary>
/// <param name="Results">One for each transaction, in order.</param>
/// <param name="Facts">The same as facts for the log.</param>
public sealed record RecordedReceipts(IReadOnlyList<TxResult> Results, IReadOnlyList<LogEvent.ReceiptsObserved> Facts)
{
    /// <summary>Proves receipts.</summary>
    /// <param name="header">The block's header.</param>
    /// <param name="block">The block.</param>
    /// <param name="bodies">Its signed transactions, in order.</param>
    /// <param name="receipts">The receipts.</param>
    /// <param name="problem">Why they prove nothing, in a sentence; empty if they do.</param>
    /// <returns>Null if they do not hash to the header's root.</returns>
    public static RecordedReceipts? Prove(BlockHeader header, LogEvent.BlockObserved block, IReadOnlyList<byte[]> bodies, IReadOnlyList<RpcReceipt> receipts, out string problem)
    {
        ArgumentNullException.ThrowIfNull(block);
        var verified = new VerifiedBlock { Header = header, Hash = block.Hash, Transactions = block.Transactions, Types = [.. bodies.Select(TypeOf)], UnknownBodies = [] };
        return ReceiptVerifier.Verify(verified, receipts, out problem) is { IsVerified: true } proven
            ? new RecordedReceipts(proven.Results, [.. proven.ToFacts(block.Hash, block.Number)])
            : null;
    }

    /// <summary>A typed transaction begins with its type (EIP-2718), a legacy one with the header of a list.</summary>
    private static byte TypeOf(byte[] body) => body[0] < 0xc0 ? body[0] : (byte)TxType.Legacy;
}
