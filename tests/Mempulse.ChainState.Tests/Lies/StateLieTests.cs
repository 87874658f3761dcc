using System.Text.Json;
using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;
using Mempulse.Testing.Nodes;

namespace Mempulse.ChainState.Tests.Lies;

/// <summary>Whatever a node with proofs lies about, the simulation is refused with the reason, never wrong, and the lie leaves nothing behind.</summary>
public sealed class StateLieTests
{
    private static readonly RpcStateOptions s_options = new() { RetryDelay = TimeSpan.Zero };
    private static readonly Lazy<Task<SimRun>> s_expected = new(SimulateHonestlyAsync);

    public static TheoryData<string> Names => [.. Lie.All.Keys];

    [Fact]
    public async Task An_honest_node_gives_what_the_chain_holds()
    {
        var run = await SimulateHonestlyAsync();

        byte[] output = Assert.Single(run.Result.Transactions).Output.ToArray();
        Assert.Equal(StateTrust.Verified, run.Result.Trust);
        Assert.Equal(
            [Word(700), Word(0), Word(5_000), Word(0), Convert.ToHexStringLower(Lie.True.At(296).ComputeHash().ToArray()), Word(42)],
            output.Chunk(UInt256.Size).Select(Convert.ToHexStringLower));
        var again = new Simulator(SenderRecovery.CreateBest()).Rerun(WitnessCodec.Decode(WitnessCodec.Encode(run.Witness)));
        Assert.Equal((run.Result.Outcome, run.Result.TraceDigest), (again.Result.Outcome, again.Result.TraceDigest));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_lie_is_refused_with_its_reason_and_the_truth_is_accepted_after_it(string name)
    {
        var lie = Lie.All[name];
        await using var node = new ScriptedNode { Result = (method, parameters) => lie.Answer(method, parameters) ?? Lie.True.Answer(method, parameters) };
        await using var provider = Connect(node);

        string refusal = await RefusalAsync(provider);
        node.Result = Lie.True.Answer;
        var after = await SimulateAsync(provider);

        Assert.Equal(lie.Refusal, refusal);
        await AssertTrueAsync(after);
        node.Result = (method, parameters) => lie.Answer(method, parameters) ?? "null";
        await AssertTrueAsync(await SimulateAsync(provider));
    }

    [Fact]
    public async Task Code_that_is_absent_at_first_and_wrong_later_is_refused()
    {
        var lie = Lie.All["code of the same contract in another state"];
        int asked = 0;
        await using var node = new ScriptedNode
        {
            Result = (method, parameters) => lie.Answer(method, parameters) is not { } told ? Lie.True.Answer(method, parameters)
                : Interlocked.Increment(ref asked) == 1 ? "null" : told,
        };
        await using var provider = Connect(node);

        string refusal = await RefusalAsync(provider);
        node.Result = Lie.True.Answer;

        Assert.Equal(lie.Refusal, refusal);
        await AssertTrueAsync(await SimulateAsync(provider));
    }

    [Fact]
    public async Task A_node_that_mixes_truth_and_lies_at_random_is_right_or_refused_and_never_wrong()
    {
        int right = 0;
        int refused = 0;
        await using var node = new ScriptedNode();
        for (int seed = 1; seed <= 60; seed++)
        {
            var random = new SeededChoice(seed);
            node.Result = (method, parameters) => Mixed(random, method, parameters);
            await using var provider = Connect(node);

            SimRun? run = null;
            try
            {
                run = await SimulateAsync(provider);
            }
            catch (StateUnavailableException)
            {
            }

            if (run?.Result.Outcome is SimOutcome.Ok)
            {
                await AssertTrueAsync(run);
                right++;
            }
            else
            {
                refused++;
            }

            node.Result = Lie.True.Answer;
            await AssertTrueAsync(await SimulateAsync(provider));
        }

        Assert.True(right > 3 && refused > 20, $"{right} right, {refused} refused");
    }

    [Theory]
    [InlineData("0x12b", "another valid block under the requested hash")]
    [InlineData("0x12b", "another block that claims the requested hash")]
    public async Task Another_node_is_asked_when_the_first_returns_another_block(string height, string name)
    {
        var lie = Lie.All[name];
        await using var liar = new ScriptedNode { Result = (method, parameters) => Instead(method, parameters, lie) };
        await using var honest = new ScriptedNode { Result = Lie.True.Answer };
        await using var provider = Connect(liar, honest);
        var stop = TestContext.Current.CancellationToken;

        Assert.Equal(Lie.True.HeadHash, (await provider.HeaderAsync(height, stop)).ComputeHash());
        Assert.Equal(Lie.True.HeadHash, (await provider.HeaderAsync(Lie.True.HeadHash.ToString(), stop)).ComputeHash());
        await AssertTrueAsync(await SimulateAsync(provider));
        Assert.Equal(0, liar.CallsTo("eth_getProof"));
    }

    [Theory]
    [InlineData("0x12a")]
    [InlineData("0x0")]
    public async Task A_header_of_another_height_is_refused(string height)
    {
        await using var node = new ScriptedNode { Result = (method, parameters) => MadeWorld.Json(Lie.True.Head).ToJsonString() };
        await using var provider = Connect(node);

        var refused = await Assert.ThrowsAsync<StateUnavailableException>(() => provider.HeaderAsync(height, TestContext.Current.CancellationToken));

        Assert.Equal($"The node returned block 299, {Lie.True.HeadHash}, for block {height}.", refused.Message);
        Assert.Equal(StateUnavailability.UnknownBlock, refused.Reason);
    }

    private static string? Instead(string method, JsonElement parameters, Lie lie) => method == "eth_getBlockByNumber"
        ? MadeWorld.Json(Lie.False.At(298)).ToJsonString()
        : lie.Answer(method, parameters) ?? Lie.True.Answer(method, parameters);

    /// <summary>The truth, or at one call in five what another world, another account or another lie says.</summary>
    private static string? Mixed(SeededChoice random, string method, JsonElement parameters)
    {
        lock (random)
        {
            if (random.Next(5) > 0)
            {
                return Lie.True.Answer(method, parameters);
            }

            var lies = Lie.All.Values.ToList();
            for (int attempt = 0; attempt < lies.Count; attempt++)
            {
                if (lies[random.Next(lies.Count)].Answer(method, parameters) is { } told)
                {
                    return told;
                }
            }

            return Lie.True.Answer(method, parameters);
        }
    }

    /// <summary>Holds a run against one over an honest node, down to the bytes of its witness.</summary>
    private static async Task AssertTrueAsync(SimRun run)
    {
        var expected = await s_expected.Value;

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal((StateTrust.Verified, expected.Result.TraceDigest, expected.Result.Profit), (run.Result.Trust, run.Result.TraceDigest, run.Result.Profit));
        Assert.Equal(WitnessCodec.Encode(expected.Witness), WitnessCodec.Encode(run.Witness));
    }

    private static async Task<SimRun> SimulateHonestlyAsync()
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        await using var provider = Connect(node);
        return await SimulateAsync(provider);
    }

    private static async Task<string> RefusalAsync(RpcStateProvider provider)
    {
        try
        {
            var run = await SimulateAsync(provider);
            Assert.Equal(StateTrust.Verified, run.Result.Trust);
            return OutcomeText.Of(run.Result.Outcome);
        }
        catch (StateUnavailableException refused)
        {
            Assert.Equal(StateUnavailability.UnknownBlock, refused.Reason);
            return refused.Message;
        }
    }

    private static async Task<SimRun> SimulateAsync(RpcStateProvider provider) =>
        await new StateSimulation(provider, s_options, SenderRecovery.CreateBest()).RunAsync(Lie.Request(), TestContext.Current.CancellationToken);

    private static RpcStateProvider Connect(params ScriptedNode[] nodes) => new(
        [.. nodes.Select((node, index) => RpcEndpoint.Parse($"node{index}", node.HttpAddress))],
        new RpcConnectionOptions { CallRetries = 0 },
        s_options,
        SenderRecovery.CreateBest(),
        new StateMeter(UnhostedMeters.Shared, new ChainId(1)),
        TimeProvider.System);

    private static string Word(ulong value) => value.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);
}
