using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>Asks a node whether it has a transaction: eth_getTransactionByHash.</summary>
internal static class TxStatementReader
{
    /// <summary>Returns what a node says.</summary>
    public static async Task<TxStatement> AskAsync(StateNode node, Hash256 tx, CancellationToken cancellationToken)
    {
        try
        {
            using var answers = await node.Client.CallAsync(new RpcCall("eth_getTransactionByHash", tx.ToString()), cancellationToken).ConfigureAwait(false);
            return Read(node.Name, tx, answers[0]);
        }
        catch (RpcTransportException failure)
        {
            return new TxStatement(node.Name, TxStatementKind.Unreachable, null, default, failure.Message);
        }
    }

    private static TxStatement Read(string node, Hash256 tx, in RpcAnswer answer)
    {
        if (answer.IsRefused)
        {
            return Refused(node, answer.Refusal.Message.Length > 0 ? $"The node refused: {answer.Refusal.Message}" : "The node refused the call.");
        }

        if (!answer.HasResult)
        {
            return new TxStatement(node, TxStatementKind.Absent, null, default, string.Empty);
        }

        if (answer.Result.ValueKind != JsonValueKind.Object || !answer.Result.TryGetProperty("hash"u8, out var claimed) || !RpcHex.TryReadHash(claimed, out var hash) || hash != tx)
        {
            return Refused(node, "The node's answer is not a transaction with this hash.");
        }

        return answer.Result.TryGetProperty("blockNumber"u8, out var height) && RpcHex.TryReadUInt64(height, out ulong number)
            && answer.Result.TryGetProperty("blockHash"u8, out var at) && RpcHex.TryReadHash(at, out var block)
            ? new TxStatement(node, TxStatementKind.Included, block, new BlockNumber(number), string.Empty)
            : new TxStatement(node, TxStatementKind.Pending, null, default, string.Empty);
    }

    private static TxStatement Refused(string node, string why) => new(node, TxStatementKind.Refused, null, default, why);
}
