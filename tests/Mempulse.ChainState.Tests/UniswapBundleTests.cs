using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;
using Mempulse.Testing.Anvil;

namespace Mempulse.ChainState.Tests;

/// <summary>Real Uniswap V2 on a real node: our simulator on proven RPC state, compared with the node's own simulation.</summary>
public sealed class UniswapBundleTests(ITestOutputHelper output)
{
    private const int Bundles = 200;

    private const string Asker = "0x00000000000000000000000000000000000a11ce";

    // balance(address): CALLDATALOAD(0), BALANCE, RETURN.
    private static readonly Address Probe = Address.Parse("0x00000000000000000000000000000000000b0b0b");

    [Fact]
    public async Task Bundles_match_the_nodes_simulation_and_rerun_from_their_witnesses()
    {
        var stop = TestContext.Current.CancellationToken;
        var random = new SeededChoice();
        output.WriteLine($"seed {random.Seed}");
        await using var chain = await UniswapChain.StartAsync(stop);
        await using var provider = Connect(chain);
        var simulation = new StateSimulation(provider, new RpcStateOptions(), SenderRecovery.CreateBest());
        var header = await provider.HeaderAsync("latest", stop);
        var block = SimBlock.After(header, 1, Fork.Osaka);
        int failing = 0;

        for (int i = 0; i < Bundles; i++)
        {
            var calls = SwapBundle.Make(chain, random);
            var run = await simulation.RunAsync(Request(chain, block, calls), stop);
            var expected = await SimulateAsync(chain, block, calls, stop);

            string where = $"seed {random.Seed}, bundle {i}: {run.Result.Outcome}";
            Assert.True(run.Result.Outcome is SimOutcome.Ok && run.Result.Trust == StateTrust.Verified, where);
            Assert.Equal(expected.Take(calls.Count).Select(SimulatedBlock.Line), run.Result.Transactions.Select(SimulatedBlock.Line));
            Assert.Equal(Balance(expected[^1]), Number(await BalanceAsync(chain, run.Result.Account, stop)) + run.Result.Profit);
            AssertSameAgain(run);
            failing += run.Result.Transactions.Any(transaction => !transaction.IsSuccess) ? 1 : 0;
        }

        output.WriteLine($"{failing} of {Bundles} bundles have a transaction that fails");
        Assert.InRange(failing, Bundles / 10, Bundles - 1);
    }

    private static RpcStateProvider Connect(UniswapChain chain) => new(
        [RpcEndpoint.Parse("anvil", chain.Node.HttpAddress)], new RpcConnectionOptions(), new RpcStateOptions(), SenderRecovery.CreateBest(), new StateMeter(UnhostedMeters.Shared, new ChainId(1)), TimeProvider.System);

    private static SimRequest Request(UniswapChain chain, SimBlock block, List<SwapCall> calls) => new()
    {
        Block = block,
        Transactions = [.. calls.Select(call => new BundleTransaction(chain.Sign(call.Signer, call.Nonce, call.To, call.Value, call.Input, call.Gas), RevertPolicy.MayRevert))],
    };

    private static async Task<List<JsonElement>> SimulateAsync(UniswapChain chain, SimBlock block, List<SwapCall> calls, CancellationToken stop)
    {
        var all = new JsonArray([.. calls.Select(call => (JsonNode)new JsonObject
        {
            ["from"] = chain.Signers[call.Signer].Account.ToString(),
            ["to"] = call.To.ToString(),
            ["value"] = "0x" + Convert.ToHexStringLower(UniswapChain.Word(call.Value)).TrimStart('0').PadLeft(1, '0'),
            ["input"] = "0x" + Convert.ToHexStringLower(call.Input),
            ["gas"] = SimulatedBlock.Hex(call.Gas),
            ["nonce"] = SimulatedBlock.Hex(call.Nonce),
            ["maxFeePerGas"] = SimulatedBlock.Hex(100_000_000_000),
            ["maxPriorityFeePerGas"] = SimulatedBlock.Hex(2_000_000_000),
        })]);
        all.Add(new JsonObject
        {
            ["from"] = Asker,
            ["to"] = Probe.ToString(),
            ["input"] = "0x" + Convert.ToHexStringLower(UniswapChain.Word(chain.Signers[calls[0].Signer].Account)),
            ["gas"] = "0x186a0",
            ["nonce"] = "0x0",
            ["maxFeePerGas"] = SimulatedBlock.Hex(100_000_000_000),
            ["maxPriorityFeePerGas"] = "0x0",
        });
        var overrides = new JsonObject
        {
            [Probe.ToString()] = new JsonObject { ["code"] = "0x5f35315f5260205ff3" },
            [Asker] = new JsonObject { ["balance"] = "0xde0b6b3a7640000" },
        };
        return await SimulatedBlock.RunAsync(chain.Node, block, overrides, all, "latest", stop);
    }

    private static void AssertSameAgain(SimRun run)
    {
        var witness = WitnessCodec.Decode(WitnessCodec.Encode(run.Witness));
        var again = new Simulator(SenderRecovery.CreateBest()).Rerun(witness);

        Assert.Equal(run.Result.SimId, again.Result.SimId);
        Assert.Equal(run.Result.Outcome, again.Result.Outcome);
        Assert.Equal(run.Result.TraceDigest, again.Result.TraceDigest);
        Assert.Equal(run.Result.LogsDigest, again.Result.LogsDigest);
        Assert.Equal(run.Result.Profit, again.Result.Profit);
        Assert.Equal(run.Result.TokenDeltas, again.Result.TokenDeltas);
        Assert.True(run.Trace.Span.SequenceEqual(again.Trace.Span));
    }

    private static BigInteger Balance(JsonElement call) =>
        new(Convert.FromHexString(call.GetProperty("returnData").GetString().AsSpan(2)), isUnsigned: true, isBigEndian: true);

    private static async Task<UInt256> BalanceAsync(UniswapChain chain, Address account, CancellationToken stop)
    {
        var answer = await chain.Node.CallAsync("eth_getBalance", stop, account.ToString(), "latest");
        return UInt256.TryParse(answer.GetString(), out var balance) ? balance : throw new FormatException(answer.ToString());
    }

    private static BigInteger Number(UInt256 value)
    {
        byte[] bytes = new byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }
}
