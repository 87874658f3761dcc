using System.Text.Json;
using Mempulse.Builder.Operators;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Execution;
using Mempulse.JsonRpc.Calls;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Execution;

/// <summary>Deploys the executor contract from the operator's account: first a plan, which reads only, then the transaction.</summary>
/// <remarks>Confined to its caller.</remarks>
/// <param name="client">The node.</param>
/// <param name="key">The operator, who will own the contract.</param>
/// <param name="chain">The chain.</param>
/// <param name="time">The clock.</param>
public sealed class ExecutorDeployment(RpcClient client, OperatorKey key, ChainId chain, TimeProvider time)
{
    private const ulong TipPerGas = 1_000_000_000;
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Plans a deployment at the operator's next nonce, with a fee cap of twice the base fee and a tip of 1 gwei.</summary>
    /// <param name="wrappedEther">The wrapped ether of the chain.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="DeploymentException">The node serves another chain, there is no contract at <paramref name="wrappedEther"/>, the creation reverts, or the operator cannot pay for it.</exception>
    public async Task<DeploymentPlan> PlanAsync(Address wrappedEther, CancellationToken cancellationToken)
    {
        ulong served = await NumberAsync(new RpcCall("eth_chainId"), cancellationToken).ConfigureAwait(false);
        if (served != chain.Value)
        {
            throw new DeploymentException($"The node serves chain {served}, not chain {chain}.");
        }

        if (await AskAsync(new RpcCall("eth_getCode", wrappedEther.ToString(), "latest"), RpcHex.ReadData, cancellationToken).ConfigureAwait(false) is not { Length: > 0 })
        {
            throw new DeploymentException($"There is no contract at {wrappedEther}, which was given as the wrapped ether of chain {chain}.");
        }

        string account = key.Account.ToString();
        byte[] creation = ExecutorArtifact.CreationOf(wrappedEther);
        ulong nonce = await NumberAsync(new RpcCall("eth_getTransactionCount", account, "pending"), cancellationToken).ConfigureAwait(false);
        var balance = await QuantityAsync(new RpcCall("eth_getBalance", account, "latest"), cancellationToken).ConfigureAwait(false);
        var baseFee = await AskAsync(new RpcCall("eth_getBlockByNumber", "latest", false), BaseFeeOf, cancellationToken).ConfigureAwait(false);
        ulong gas = await NumberAsync(
            new RpcCall("eth_estimateGas", new SortedDictionary<string, string>(StringComparer.Ordinal) { ["from"] = account, ["data"] = "0x" + Convert.ToHexStringLower(creation) }), cancellationToken).ConfigureAwait(false);
        var maxFee = (baseFee * 2) + TipPerGas;
        var cost = maxFee * gas;
        if (balance < cost)
        {
            throw new DeploymentException($"The operator {account} has {balance} wei: the deployment costs up to {cost} wei ({gas} gas at {maxFee} wei).");
        }

        var signed = key.Sign(new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = chain,
            Nonce = new Nonce(nonce),
            GasLimit = new Gas(gas),
            Recipient = null,
            Value = default,
            MaxFeePerGas = new Wei(maxFee),
            MaxPriorityFeePerGas = new Wei(TipPerGas),
            Input = creation,
            Signature = default,
        });
        return new DeploymentPlan(signed, Keccak256.Hash(TransactionEncoder.Encode(signed)), ContractAddress.OfNonce(key.Account, nonce), cost, balance);
    }

    /// <summary>Sends a planned deployment and waits until a block has it. Sending it again changes nothing: it is the same transaction.</summary>
    /// <returns>The height of the block.</returns>
    /// <exception cref="DeploymentException">The node refuses the transaction, or it reverts.</exception>
    /// <exception cref="OperationCanceledException">No block had it before <paramref name="cancellationToken"/> was cancelled; one may have it later.</exception>
    public async Task<BlockNumber> SendAsync(DeploymentPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using (var sent = await client.CallAsync(new RpcCall("eth_sendRawTransaction", "0x" + Convert.ToHexStringLower(TransactionEncoder.Encode(plan.Transaction))), cancellationToken).ConfigureAwait(false))
        {
            if (sent[0].IsRefused && !sent[0].Refusal.ToString().Contains("already known", StringComparison.OrdinalIgnoreCase))
            {
                throw new DeploymentException($"The node refuses the transaction: {sent[0].Refusal}");
            }
        }

        while (true)
        {
            if (await AskAsync(new RpcCall("eth_getTransactionReceipt", plan.Hash.ToString()), ReceiptOf, cancellationToken).ConfigureAwait(false) is { } receipt)
            {
                return receipt.IsSuccess ? receipt.Block : throw new DeploymentException($"The transaction {plan.Hash} reverted in block {receipt.Block}.");
            }

            await Task.Delay(s_pollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static UInt256 BaseFeeOf(JsonElement block) =>
        block.ValueKind == JsonValueKind.Object && block.TryGetProperty("baseFeePerGas", out var fee) && RpcHex.TryReadQuantity(fee, out var value)
            ? value
            : throw new DeploymentException("The node does not state the base fee of its newest block: the chain has to have EIP-1559.");

    private static (bool IsSuccess, BlockNumber Block)? ReceiptOf(JsonElement receipt) =>
        receipt.ValueKind == JsonValueKind.Object && receipt.TryGetProperty("status", out var status) && RpcHex.TryReadUInt64(status, out ulong ended)
        && receipt.TryGetProperty("blockNumber", out var height) && RpcHex.TryReadUInt64(height, out ulong number)
            ? (ended == 1, new BlockNumber(number))
            : null;

    private Task<ulong> NumberAsync(RpcCall call, CancellationToken cancellationToken) =>
        AskAsync(call, answer => RpcHex.TryReadUInt64(answer, out ulong number) ? number : throw Unreadable(call), cancellationToken);

    private Task<UInt256> QuantityAsync(RpcCall call, CancellationToken cancellationToken) =>
        AskAsync(call, answer => RpcHex.TryReadQuantity(answer, out var number) ? number : throw Unreadable(call), cancellationToken);

    private static DeploymentException Unreadable(RpcCall call) => new($"The node's answer to {call.Method} is not a number.");

    private async Task<T> AskAsync<T>(RpcCall call, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(call, cancellationToken).ConfigureAwait(false);
        return answers[0].IsRefused ? throw new DeploymentException($"The node refuses {call.Method}: {answers[0].Refusal}") : read(answers[0].Result);
    }
}
