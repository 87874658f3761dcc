using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Running;
using Mempulse.Sim.Tests.Running;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Sim.Tests.Witnesses;

/// <summary>A simulation that was not executed has the same outcome when rerun from its witness.</summary>
public sealed class NotExecutedTests
{
    public static TheoryData<SimOutcome> Outcomes =>
    [
        new SimOutcome.StateMismatch(SimScenario.Coinbase, null, "the balance"),
        new SimOutcome.StateMismatch(SimScenario.Coinbase, new UInt256(1, 0, 0, 9), "the slot"),
        new SimOutcome.StateMissing(new StateGap.OfAccount(SimScenario.Coinbase)) { Cause = GapCause.NotProven },
        new SimOutcome.StateMissing(new StateGap.OfSlot(SimScenario.Coinbase, new UInt256(1, 0, 0, 9))) { Cause = GapCause.NotProven },
        new SimOutcome.LimitExceeded(SimLimit.Fetches, 0),
    ];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void The_outcome_is_in_the_witness(SimOutcome outcome)
    {
        var run = Simulator.Unmade(new SimScenario().Call(0, SimScenario.Coinbase).Request(), StateTrust.Verified, outcome);

        byte[] witness = WitnessCodec.Encode(run.Witness);
        var again = new Simulator(Ethereum.Signatures.SenderRecovery.CreateBest()).Rerun(WitnessCodec.Decode(witness));

        Assert.Equal(outcome, again.Result.Outcome);
        Assert.Equal(SimFact.Of(run.Witness.Request, run.Result, default, steps: null).Detail, SimFact.Of(again.Witness.Request, again.Result, default, steps: null).Detail);
        Assert.Equal(run.Result.TraceDigest, again.Result.TraceDigest);
        Assert.Equal(witness, WitnessCodec.Encode(again.Witness));
    }
}
