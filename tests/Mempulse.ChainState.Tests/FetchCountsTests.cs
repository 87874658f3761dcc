using Mempulse.ChainState.Tests.Lies;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Testing.Nodes;

namespace Mempulse.ChainState.Tests;

/// <summary>What is fetched, and the outcome of each proof, are counted.</summary>
public sealed class FetchCountsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_proof_that_holds_is_verified_and_each_part_is_counted_once()
    {
        using var counts = new StateCounts();
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        await using var provider = Connect(node, counts);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        await block.FetchAsync(new StateGap.OfSlot(Lie.Contract, 7), Stop);
        await block.FetchAsync(new StateGap.OfSlot(Lie.Contract, 7), Stop); // proven again, known already

        Assert.Equal("mempulse_state_parts node 3, mempulse_state_proofs verified 2", counts.All); // the account, its code and the slot
    }

    [Fact]
    public async Task A_proof_that_leads_elsewhere_is_refused()
    {
        var lie = Lie.All["an account of another state"];
        using var counts = new StateCounts();
        await using var node = new ScriptedNode { Result = (method, parameters) => lie.Answer(method, parameters) ?? Lie.True.Answer(method, parameters) };
        await using var provider = Connect(node, counts);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        await block.FetchAsync(new StateGap.OfAccount(Lie.Rich), Stop);

        Assert.Equal("mempulse_state_proofs refused 1", counts.All);
    }

    [Fact]
    public async Task A_proof_that_the_node_does_not_serve_is_absent()
    {
        using var counts = new StateCounts();
        await using var node = new ScriptedNode { Result = static (method, parameters) => method == "eth_getProof" ? ScriptedNode.Unsupported : Lie.True.Answer(method, parameters) };
        await using var provider = Connect(node, counts);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        await block.FetchAsync(new StateGap.OfAccount(Lie.Rich), Stop);

        Assert.Equal("mempulse_state_parts node 2, mempulse_state_proofs absent 1", counts.All); // the account and its code, which is empty
    }

    [Fact]
    public async Task A_proof_that_fails_twice_and_then_holds_failed_twice()
    {
        using var counts = new StateCounts();
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        node.Script = new NodeScript { Rules = [new NodeRule("eth_getProof", new NodeReply.Refusal(-32603, "Internal error")) { LastCall = 2 }] };
        await using var provider = Connect(node, counts);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        await block.FetchAsync(new StateGap.OfAccount(Lie.Absent), Stop);

        Assert.Equal("mempulse_state_parts node 1, mempulse_state_proofs failed 2, mempulse_state_proofs verified 1", counts.All);
    }

    private static RpcStateProvider Connect(ScriptedNode node, StateCounts counts) => new(
        [RpcEndpoint.Parse("node", node.HttpAddress)],
        new RpcConnectionOptions { CallRetries = 0 },
        new RpcStateOptions { RetryDelay = TimeSpan.Zero },
        SenderRecovery.CreateBest(),
        counts.Meter,
        TimeProvider.System);
}
