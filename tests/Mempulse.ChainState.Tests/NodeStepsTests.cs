using System.Globalization;
using System.Text;
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
using Mempulse.Testing.Anvil;

namespace Mempulse.ChainState.Tests;

/// <summary>The steps of a real swap as we record them, compared with the node's trace after mining it.</summary>
public sealed class NodeStepsTests
{
    [Fact]
    public async Task The_steps_of_a_swap_match_those_of_the_node()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var chain = await UniswapChain.StartAsync(stop, "--steps-tracing");
        byte[] raw = chain.SignSwap();
        await using var provider = new RpcStateProvider(
            [RpcEndpoint.Parse("node", chain.Node.HttpAddress)], new RpcConnectionOptions(), new RpcStateOptions(), SenderRecovery.CreateBest(), new StateMeter(UnhostedMeters.Shared, new ChainId(1)), TimeProvider.System);
        var parent = await provider.HeaderAsync("latest", stop);
        var hash = await chain.Node.CallAsync("eth_sendRawTransaction", stop, "0x" + Convert.ToHexStringLower(raw));
        await chain.Node.CallAsync("evm_mine", stop);
        var mined = await provider.HeaderAsync("latest", stop);
        var block = SimBlock.After(parent, 1, Fork.Osaka) with
        {
            Timestamp = mined.TimestampSeconds, PrevRandao = mined.MixHash, Coinbase = mined.FeeRecipient, BaseFee = mined.BaseFeePerGas!.Value.Value,
        };

        var run = await new StateSimulation(provider, new RpcStateOptions(), SenderRecovery.CreateBest()).RunAsync(
            new SimRequest { Block = block, Transactions = [new BundleTransaction(raw, RevertPolicy.MustSucceed)] }, stop);
        var ours = Encoding.UTF8.GetString(new Simulator(SenderRecovery.CreateBest()).TraceSteps(run.Witness).Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var theirs = await chain.Node.CallAsync("debug_traceTransaction", stop, JsonValue.Create(hash.GetString()), new JsonObject { ["disableStorage"] = true });

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal(theirs.GetProperty("structLogs").EnumerateArray().Select(TheirLine), ours.SkipLast(1).Select(OurLine));
    }

    private static string TheirLine(JsonElement step) => Line(
        step.GetProperty("pc").GetInt32(),
        step.GetProperty("gas").GetUInt64(),
        step.GetProperty("gasCost").GetUInt64(),
        step.GetProperty("depth").GetInt32(),
        step.GetProperty("stack"));

    private static string OurLine(string line)
    {
        using var json = JsonDocument.Parse(line);
        var step = json.RootElement;
        return Line(step.GetProperty("pc").GetInt32(), Number(step.GetProperty("gas")), Number(step.GetProperty("gasCost")), step.GetProperty("depth").GetInt32(), step.GetProperty("stack"));
    }

    private static string Line(int pc, ulong gas, ulong cost, int depth, JsonElement stack) =>
        $"{pc} {gas} {cost} {depth} {string.Join(' ', stack.EnumerateArray().Select(word => word.GetString()))}";

    private static ulong Number(JsonElement hex) => ulong.Parse(hex.GetString().AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
