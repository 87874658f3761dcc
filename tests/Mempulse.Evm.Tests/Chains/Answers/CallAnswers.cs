using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Evm.TraceJson;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Chains.Answers;

/// <summary>Compares eth_call: executes an unsigned transaction in the environment of the last block, on that block's post-state.</summary>
internal static class CallAnswers
{
    public static string? Call(RecordedChain chain, RpcExchange exchange)
    {
        var head = chain.FindPoint(exchange.Text(1))!;
        var fields = exchange.Params[0];
        bool isPriced = fields.TryGetProperty("maxFeePerGas", out _);
        var state = new WorldState(head);
        var sender = fields.Account("from");
        var call = new EvmTransaction
        {
            Type = isPriced ? TxType.DynamicFee : TxType.Legacy,
            Sender = sender,
            Nonce = state.NonceOf(sender),
            GasLimit = fields.TryGetProperty("gas", out _) ? fields.Number64("gas") : Eip7825.MaxTxGasLimit,
            Recipient = fields.Account("to"),
            Value = fields.Number("value"),
            Input = fields.TryGetProperty("input", out _) ? fields.Bytes("input") : [],
            MaxFeePerGas = fields.Number("maxFeePerGas"),
            MaxPriorityFeePerGas = fields.Number("maxPriorityFeePerGas"),
        };

        // As in geth, a call without fee fields runs with a gas price and a base fee of zero.
        var env = chain.Blocks[^1].Executable.Env;
        var block = isPriced ? env : env with { BaseFee = default };
        var execution = new EvmExecutor(SenderRecovery.CreateBest()).ExecuteTransaction(block, call, state);
        if (execution is not TxExecution.Executed executed || executed.IsSuccess == exchange.IsError)
        {
            return execution.ToString();
        }

        string? expected = exchange.IsError ? exchange.Answer.GetProperty("error").GetProperty("data").GetString() : exchange.Result.GetString();
        return Hex.Data(executed.Output.Span) == expected ? null : Hex.Data(executed.Output.Span);
    }
}
