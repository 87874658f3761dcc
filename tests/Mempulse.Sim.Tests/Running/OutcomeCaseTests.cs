using System.Reflection;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Sim.Tests.Running;

/// <summary>For each outcome, a bundle that reaches it; and after any of them, a simulator is as good as new.</summary>
public sealed class OutcomeCaseTests
{
    private static readonly (Type Outcome, Func<SimScenario> Bundle)[] s_cases =
    [
        (typeof(SimOutcome.Ok), static () => With("60015f55")),
        (typeof(SimOutcome.UndecodableTransaction), static () =>
        {
            var scenario = With("60015f55");
            scenario.Bundle.Add(new BundleTransaction(new byte[] { 0x02, 0xc0 }, default));
            return scenario;
        }),
        (typeof(SimOutcome.InvalidTransaction), static () => With("60025f55").Call(0, SimScenario.Coinbase, nonce: 9)),
        (typeof(SimOutcome.Reverted), static () => With("60035f555f5ffd")),
        (typeof(SimOutcome.Halted), static () => With("60045f5560015f5dfe")),
        (typeof(SimOutcome.StateMissing), static () => With("60055f55600654")),
        (typeof(SimOutcome.LimitExceeded), static () =>
        {
            var scenario = With("60075f555b600456");
            scenario.Limits = new SimLimits { MaxSteps = 1_000 };
            return scenario;
        }),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, s_cases.Length)];

    /// <summary>Only a node's answers lead to a mismatch, so no bundle reaches it: see the lies in Mempulse.ChainState.Tests.</summary>
    [Fact]
    public void Every_outcome_but_the_mismatch_has_a_bundle() => Assert.Equal(
        typeof(SimOutcome).GetNestedTypes(BindingFlags.Public).Where(type => type != typeof(SimOutcome.StateMismatch)).Select(type => type.Name).Order(StringComparer.Ordinal),
        s_cases.Select(item => item.Outcome.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_bundle_reaches_its_outcome_also_from_its_witness(int index)
    {
        var run = s_cases[index].Bundle().Run();

        var again = new Simulator(SenderRecovery.CreateBest()).Rerun(WitnessCodec.Decode(WitnessCodec.Encode(run.Witness)));

        Assert.IsType(s_cases[index].Outcome, run.Result.Outcome);
        Assert.Equal(Line(run), Line(again));
        Assert.Null(run.Witness.Unmade);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_simulator_gives_the_same_after_any_other_bundle(int index)
    {
        string expected = Line(s_cases[index].Bundle().Run());
        foreach (var (_, before) in s_cases)
        {
            var simulator = new Simulator(SenderRecovery.CreateBest());
            var first = before();
            simulator.Simulate(first.Request(), first.State, StateTrust.Unverified);
            var second = s_cases[index].Bundle();

            var run = simulator.Simulate(second.Request(), second.State, StateTrust.Verified);

            Assert.Equal(expected, Line(run));
        }
    }

    [Fact]
    public void The_trust_of_the_state_is_that_of_the_result_and_its_witness()
    {
        foreach (var trust in Enum.GetValues<StateTrust>())
        {
            var scenario = With("00");

            var run = new Simulator(SenderRecovery.CreateBest()).Simulate(scenario.Request(), scenario.State, trust);

            Assert.Equal((trust, trust), (run.Result.Trust, WitnessCodec.Decode(WitnessCodec.Encode(run.Witness)).Trust));
            Assert.Equal(trust == StateTrust.Verified, SimFact.Of(run.Witness.Request, run.Result, default, null).IsVerified);
        }
    }

    [Fact]
    public void The_witness_holds_what_was_read_and_without_any_part_of_it_the_rerun_names_that_part()
    {
        var scenario = With("6001545f5460403f40505050"); // SLOAD(1), SLOAD(0), ...
        scenario.State.Add(SimScenario.AddressOf(1), 1, 5);
        scenario.State.Add(SimScenario.AddressOf(200), new AccountRecord(1, 1, default, HasStorage: false)); // never read
        var run = scenario.Run();

        Assert.Equal(ReadOutcome.Missing, run.Witness.State.ReadAccount(SimScenario.AddressOf(200), out _));
        Assert.Equal(ReadOutcome.Absent, run.Witness.State.ReadAccount(SimScenario.Coinbase, out _));
        Assert.Equal((ReadOutcome.Found, (UInt256)5), (run.Witness.State.ReadStorage(SimScenario.AddressOf(1), 1, out var value), value));
        var poorer = new KnownState();
        foreach (var signer in (Address[])[SimScenario.Signers[0].Account, SimScenario.Signers[1].Account, SimScenario.Coinbase])
        {
            bool exists = run.Witness.State.ReadAccount(signer, out var account) == ReadOutcome.Found;
            poorer.Add(signer, exists ? account : null);
        }

        var again = new Simulator(SenderRecovery.CreateBest()).Rerun(run.Witness with { State = poorer });
        Assert.Equal(new SimOutcome.StateMissing(new StateGap.OfAccount(SimScenario.AddressOf(1))), again.Result.Outcome);
    }

    [Fact]
    public void The_fact_has_every_value_of_the_result()
    {
        var scenario = With("60015f55");
        var request = scenario.Request() with { Opportunity = new Hash256([.. Enumerable.Repeat((byte)7, 32)]), Block = scenario.Block with { BaseNumber = 99 } };
        var result = scenario.Run(request).Result;
        var witness = new Hash256([.. Enumerable.Repeat((byte)8, 32)]);
        var steps = new Hash256([.. Enumerable.Repeat((byte)9, 32)]);

        var fact = SimFact.Of(request, result, witness, steps);
        var failed = SimFact.Of(scenario.Request(), result with { Outcome = new SimOutcome.Halted(2, default), Profit = 5, CoinbasePayment = -6 }, witness, null);

        Assert.Equal((result.SimId, request.Block.BaseHash, new BlockNumber(99), request.Opportunity), (fact.Sim, fact.Base, fact.BaseNumber, fact.Opportunity));
        Assert.Equal((FailureCategory.None, null, "Every transaction ran."), (fact.Category, fact.FailedIndex, fact.Detail));
        Assert.Equal((result.GasUsed, result.Account, result.LogsDigest, result.TraceDigest), (fact.GasUsed.Value, fact.Account, fact.LogsDigest, fact.TraceDigest));
        Assert.Equal(WeiDelta.Gain(new Wei(UInt256.FromUInt64((ulong)result.CoinbasePayment))), fact.CoinbasePayment);
        Assert.Equal(WeiDelta.Loss(new Wei(UInt256.FromUInt64((ulong)-result.Profit))), fact.Profit);
        Assert.Equal((witness, steps, SimVersions.Engine, SimVersions.Rules), (fact.WitnessDigest, fact.StepsDigest, fact.EngineVersion, fact.RulesVersion));
        Assert.Equal(result.Transactions.Select(transaction => transaction.Hash), fact.Transactions);
        Assert.Equal((FailureCategory.Halt, 2, null, null), (failed.Category, failed.FailedIndex, failed.Opportunity, failed.StepsDigest));
        Assert.Equal((WeiDelta.Gain(new Wei(5)), WeiDelta.Loss(new Wei(6))), (failed.Profit, failed.CoinbasePayment));
    }

    /// <summary>A transfer, then a call of a contract with this code, whose slot 0 is known.</summary>
    private static SimScenario With(string code)
    {
        var scenario = new SimScenario { Steps = StepTracing.Digest };
        var contract = scenario.Contract(1, Convert.FromHexString(code));
        scenario.State.Add(contract, 0, 77);
        return scenario.Call(0, SimScenario.Signers[1].Account, value: 5).Call(0, contract, value: 1);
    }

    private static string Line(SimRun run) =>
        $"{run.Result with { Transactions = [], TokenDeltas = [] }} {Convert.ToHexStringLower(run.Trace.Span)} {Convert.ToHexStringLower(WitnessCodec.Encode(run.Witness))} " +
        string.Join(',', run.Result.Transactions.Select(tx => $"{tx.Hash}/{tx.Status}/{tx.GasUsed}/{tx.StepDigest}/{tx.CoinbasePayment}/{Convert.ToHexStringLower(tx.Output.Span)}"));
}
