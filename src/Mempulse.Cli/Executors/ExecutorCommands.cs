using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Builder.Execution;
using Mempulse.Builder.Operators;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Transports;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Cli.Executors;

/// <summary><c>mempulse executor deploy</c>: the contract that makes the exchanges of an opportunity, owned by the operator. Without <c>--send</c> nothing leaves this machine but questions.</summary>
internal static class ExecutorCommands
{
    private const double DefaultPatienceSeconds = 180;

    public static Command Build(CommandContext context) => new("executor", "The contract that makes exchanges: contracts/MempulseExecutor.sol.") { BuildDeploy(context) };

    private static Command BuildDeploy(CommandContext context)
    {
        var rpc = new Option<string>("--rpc") { Description = "The node's address: http, https, ws or wss.", Required = true };
        var weth = new Option<string>("--weth") { Description = "The wrapped ether of the chain.", Required = true };
        var chain = new Option<ulong>("--chain") { Description = "The chain id that the node must serve.", DefaultValueFactory = static _ => 1 };
        var keyFile = new Option<string?>("--key-file") { Description = $"The operator's key file (Web3 Secret Storage); its password is in {OperatorKey.PasswordVariable}. By default the key is in {OperatorKey.KeyVariable}." };
        var send = new Option<bool>("--send") { Description = "Send the transaction; otherwise it is only planned and shown." };
        var patience = new Option<double>("--patience") { Description = "Seconds to wait for a block that has the transaction.", DefaultValueFactory = static _ => DefaultPatienceSeconds };
        var command = new Command("deploy", "Deploy the executor from the operator's account, who will own it. A dry run by default.") { rpc, weth, chain, keyFile, send, patience };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string address = parsed.GetRequiredValue(rpc);
            if (!RpcEndpoint.TryParse(name: null, address, callAddress: null, out var endpoint, out string? problem))
            {
                throw new UsageException(problem);
            }

            var id = new ChainId(parsed.GetValue(chain));
            var ether = Account(parsed.GetRequiredValue(weth));
            var limit = Patience(parsed.GetValue(patience));
            var client = new RpcClient(endpoint.CallUrl, new RpcConnectionOptions(), context.Time, new RpcMeter(UnhostedMeters.Shared, id, "executor"));
            await using (client.ConfigureAwait(false))
            {
                try
                {
                    var deployment = new ExecutorDeployment(client, Key(parsed.GetValue(keyFile)), id, context.Time);
                    var plan = await deployment.PlanAsync(ether, cancellationToken).ConfigureAwait(false);
                    BlockNumber? block = parsed.GetValue(send) ? await SendAsync(deployment, plan, limit, context.Time, cancellationToken).ConfigureAwait(false) : null;
                    context.Write(parsed, output => Write(output, plan, block), () => ToJson(plan, block));
                    return ExitCode.Good;
                }
                catch (OperatorKeyException e)
                {
                    throw new UsageException(e.Message, e);
                }
                catch (Exception e) when (e is DeploymentException or RpcTransportException)
                {
                    throw new IOException(e.Message, e);
                }
            }
        });
        return command;
    }

    private static async Task<BlockNumber> SendAsync(ExecutorDeployment deployment, DeploymentPlan plan, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await deployment.SendAsync(plan, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new DeploymentException($"No block had the transaction {plan.Hash} within {limit.TotalSeconds} s; one may have it later. The contract will be at {plan.Contract}.", e);
        }
    }

    private static OperatorKey Key(string? file)
    {
        if (file is not null)
        {
            return OperatorKey.FromFile(file, Environment.GetEnvironmentVariable(OperatorKey.PasswordVariable) ?? throw new UsageException($"The password of the key file is missing: put it into {OperatorKey.PasswordVariable}."));
        }

        return OperatorKey.FromHex(
            Environment.GetEnvironmentVariable(OperatorKey.KeyVariable) ?? throw new UsageException($"The operator's key is missing: give --key-file, or put the key into {OperatorKey.KeyVariable}."), OperatorKey.KeyVariable);
    }

    private static Address Account(string text) =>
        Address.TryParse(text, out var address) ? address : throw new UsageException($"'{text}' is not a valid address: expected 0x and 40 hex digits.");

    private static TimeSpan Patience(double seconds)
    {
        const int maxSeconds = int.MaxValue / 1000;
        return seconds is > 0 and <= maxSeconds ? TimeSpan.FromSeconds(seconds) : throw new UsageException($"The value of --patience is not valid: expected more than 0 and at most {maxSeconds} seconds.");
    }

    private static void Write(TextWriter output, DeploymentPlan plan, BlockNumber? block)
    {
        output.WriteLine($"operator    nonce {plan.Transaction.Nonce}, balance {plan.Balance} wei");
        output.WriteLine($"transaction {plan.Hash}, {plan.Transaction.GasLimit} gas, at most {plan.MaxCost} wei");
        output.WriteLine($"contract    {plan.Contract}");
        output.WriteLine(block is { } height ? $"deployed in block {height}" : "dry run: nothing was sent; add --send");
    }

    private static JsonObject ToJson(DeploymentPlan plan, BlockNumber? block) => new()
    {
        ["transaction"] = plan.Hash.ToString(),
        ["nonce"] = plan.Transaction.Nonce.Value,
        ["gasLimit"] = plan.Transaction.GasLimit.Value,
        ["maxCost"] = plan.MaxCost.ToString(),
        ["balance"] = plan.Balance.ToString(),
        ["contract"] = plan.Contract.ToString(),
        ["block"] = block?.Value,
        ["isDryRun"] = block is null,
    };
}
