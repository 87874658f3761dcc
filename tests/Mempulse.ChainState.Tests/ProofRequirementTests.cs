using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;
using Mempulse.Testing.Anvil;

namespace Mempulse.ChainState.Tests;

/// <summary>Where only proven state is taken, a node that proves is as good as ever and one that does not gives a gap with a name.</summary>
[Collection(UntrustedNodes.Name)]
public sealed class ProofRequirementTests(UniswapChainFixture fixture)
{
    private static readonly RpcStateOptions Proven = new() { LeastTrust = StateTrust.Verified };

    private UniswapChain Chain => fixture.Chain;

    [Fact]
    public async Task A_node_that_proves_is_taken()
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress);

        var run = await SwapAsync(node);

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal(StateTrust.Verified, run.Result.Trust);
    }

    [Fact]
    public async Task A_node_without_proofs_leaves_a_gap_that_says_so_and_says_the_same_from_its_witness()
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, _, answer) => method == "eth_getProof" ? ForwardingNode.Unsupported(answer) : answer,
        };

        var run = await SwapAsync(node);
        var again = new Simulator(SenderRecovery.CreateBest()).Rerun(WitnessCodec.Decode(WitnessCodec.Encode(run.Witness)));

        var missing = Assert.IsType<SimOutcome.StateMissing>(run.Result.Outcome);
        Assert.Equal(GapCause.NotProven, missing.Cause);
        Assert.IsType<StateGap.OfAccount>(missing.Gap);
        Assert.Equal(StateTrust.Verified, run.Result.Trust); // nothing unproven was read
        Assert.Empty(run.Result.Transactions);
        Assert.Contains("gives no proof of account 0x", OutcomeText.Of(missing), StringComparison.Ordinal);
        Assert.Equal(run.Result.Outcome, again.Result.Outcome);
    }

    [Fact]
    public async Task A_slot_that_alone_is_not_proven_is_named()
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, parameters, answer) => method is "eth_createAccessList" or "debug_traceCall"
                || (method == "eth_getProof" && parameters[1]!.AsArray().Count > 0) ? ForwardingNode.Unsupported(answer) : answer,
        };

        var missing = Assert.IsType<SimOutcome.StateMissing>((await SwapAsync(node)).Result.Outcome);

        Assert.Equal(GapCause.NotProven, missing.Cause);
        Assert.IsType<StateGap.OfSlot>(missing.Gap);
    }

    [Fact]
    public async Task A_node_that_goes_away_half_way_leaves_a_gap_that_names_what_was_not_given()
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress);
        node.Change = (method, _, answer) => method is "eth_createAccessList" or "eth_getProof" ? throw new IOException("The node is gone.") : answer;

        var missing = Assert.IsType<SimOutcome.StateMissing>((await SwapAsync(node)).Result.Outcome);

        Assert.Equal(GapCause.NotGiven, missing.Cause);
        Assert.IsType<StateGap.OfAccount>(missing.Gap);
    }

    private Task<SimRun> SwapAsync(ForwardingNode node) => fixture.SwapAsync(node, Proven);
}
