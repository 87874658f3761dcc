using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;
using Mempulse.Testing.Anvil;

namespace Mempulse.ChainState.Tests;

/// <summary>With only proven state accepted, a node with proofs works as before, and one without them leads to a gap that names the account.</summary>
[Collection(UntrustedNodes.Name)]
public sealed class ProofRequirementTests(UniswapChainFixture fixture)
{
    private static readonly RpcStateOptions Proven = new() { LeastTrust = StateTrust.Verified };

    private UniswapChain Chain => fixture.Chain;

    [Fact]
    public async Task A_node_with_proofs_is_accepted()
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress);

        var run = await SwapAsync(node);

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal(StateTrust.Verified, run.Result.Trust);
    }

    [Fact]
    public async Task A_node_without_proofs_leaves_a_gap_with_that_cause_and_its_witness_reruns_to_the_same()
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
        Assert.Equal(StateTrust.Verified, run.Result.Trust); // no unproven state was read
        Assert.Empty(run.Result.Transactions);
        Assert.Contains("gives no proof of account 0x", OutcomeText.Of(missing), StringComparison.Ordinal);
        Assert.Equal(run.Result.Outcome, again.Result.Outcome);
    }

    [Fact]
    public async Task A_single_unproven_slot_is_named()
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
    public async Task A_node_that_disconnects_half_way_leaves_a_gap_that_names_the_missing_state()
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress);
        node.Change = (method, _, answer) => method is "eth_createAccessList" or "eth_getProof" ? throw new IOException("The node is gone.") : answer;

        var missing = Assert.IsType<SimOutcome.StateMissing>((await SwapAsync(node)).Result.Outcome);

        Assert.Equal(GapCause.NotGiven, missing.Cause);
        Assert.IsType<StateGap.OfAccount>(missing.Gap);
    }

    private Task<SimRun> SwapAsync(ForwardingNode node) => fixture.SwapAsync(node, Proven);
}
