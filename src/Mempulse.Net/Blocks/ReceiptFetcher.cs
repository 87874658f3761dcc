using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;

namespace Mempulse.Net.Blocks;

/// <summary>Asks a node for the receipts of a block, in each way that nodes offer, and verifies them.</summary>
internal sealed class ReceiptFetcher(int itemsPerCall)
{
    /// <summary>Returns the block's receipts; null, with the problem in a sentence, if the node does not return them.</summary>
    /// <param name="client">The node.</param>
    /// <param name="block">The block.</param>
    /// <param name="isThorough">True to ask in another way also when the node answered that it has nothing.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public async Task<(BlockReceipts? Receipts, string Problem)> FetchAsync(
        RpcClient client, VerifiedBlock block, bool isThorough, CancellationToken cancellationToken)
    {
        if (block.Transactions.Count == 0)
        {
            return (new BlockReceipts([], IsVerified: true), string.Empty);
        }

        string problem = string.Empty;
        foreach (string parameter in (string[])[block.Hash.ToString(), RpcHex.Quantity(block.Number.Value)])
        {
            using var answers = await client.CallAsync(new RpcCall("eth_getBlockReceipts", parameter), cancellationToken).ConfigureAwait(false);
            if (Read(block, answers[0], out problem) is { } receipts)
            {
                return (receipts, problem);
            }

            if (!answers[0].IsRefused && !isThorough)
            {
                return (null, problem);
            }
        }

        return await FetchEachAsync(client, block, cancellationToken).ConfigureAwait(false);
    }

    private static BlockReceipts? Read(VerifiedBlock block, RpcAnswer answer, out string problem)
    {
        if (!answer.HasResult)
        {
            problem = Absence(answer);
            return null;
        }

        if (!RpcReceiptReader.TryReadAll(answer.Result, out var receipts, out var failure))
        {
            problem = $"A receipt cannot be read: {failure}";
            return null;
        }

        return ReceiptVerifier.Verify(block, receipts, out problem);
    }

    private async Task<(BlockReceipts? Receipts, string Problem)> FetchEachAsync(RpcClient client, VerifiedBlock block, CancellationToken cancellationToken)
    {
        var receipts = new List<RpcReceipt>(block.Transactions.Count);
        foreach (var part in block.Transactions.Chunk(itemsPerCall))
        {
            using var answers = await client.BatchAsync(
                [.. part.Select(static tx => new RpcCall("eth_getTransactionReceipt", tx.Hash.ToString()))], cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < part.Length; i++)
            {
                if (!answers[i].HasResult)
                {
                    return (null, Absence(answers[i]));
                }

                if (!RpcReceiptReader.TryRead(answers[i].Result, out var receipt, out var failure))
                {
                    return (null, $"A receipt cannot be read: {failure}");
                }

                receipts.Add(receipt);
            }
        }

        return (ReceiptVerifier.Verify(block, receipts, out string problem), problem);
    }

    private static string Absence(RpcAnswer answer) =>
        answer.IsRefused ? $"The node answered error {answer.Refusal.Code}." : "The node does not have them.";
}
