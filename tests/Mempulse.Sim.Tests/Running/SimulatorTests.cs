using System.Numerics;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;

namespace Mempulse.Sim.Tests.Running;

/// <summary>Results of simulations, case by case.</summary>
public sealed class SimulatorTests
{
    // REVERT with Error("no"), written to memory word by word.
    private const string RevertWithText =
        "7f08c379a00000000000000000000000000000000000000000000000000000000060005260206004526002602452" +
        "7f6e6f0000000000000000000000000000000000000000000000000000000000006044526064" + "6000fd";

    [Fact]
    public void Successful_transfers_report_gas_payment_and_profit()
    {
        var receiver = SimScenario.AddressOf(9);
        var scenario = new SimScenario().Call(0, receiver, value: 5).Call(0, receiver, value: 6);
        scenario.State.Add(receiver, null);

        var result = scenario.Run().Result;

        Assert.IsType<SimOutcome.Ok>(result.Outcome);
        Assert.Equal(42_000UL, result.GasUsed);
        Assert.Equal(42_000 * 3, result.CoinbasePayment);
        Assert.Equal(-new BigInteger((42_000 * (7 + 3)) + 11), result.Profit);
        Assert.Equal(SimScenario.Signers[0].Account, result.Account);
        Assert.Equal(FailureCategory.None, result.Outcome.Category);
    }

    [Fact]
    public void A_revert_ends_the_bundle_with_its_reason_unless_it_is_allowed()
    {
        byte[] code = Convert.FromHexString(RevertWithText);
        var strict = new SimScenario();
        strict.Call(0, strict.Contract(1, code)).Call(0, strict.Contract(2, 0x00));
        var lenient = new SimScenario();
        lenient.Call(0, lenient.Contract(1, code), revert: RevertPolicy.MayRevert).Call(0, lenient.Contract(2, 0x00));

        var failed = strict.Run().Result;
        var passed = lenient.Run().Result;

        Assert.Equal(new SimOutcome.Reverted(0, new RevertReason.Message("no")), failed.Outcome);
        Assert.Single(failed.Transactions);
        Assert.IsType<SimOutcome.Ok>(passed.Outcome);
        Assert.Equal([Status.Revert, Status.Stop], passed.Transactions.Select(transaction => transaction.Status));
        Assert.Equal(new RevertReason.Message("no"), passed.Transactions[0].Revert);
    }

    [Fact]
    public void Invalid_and_undecodable_transactions_have_different_outcomes()
    {
        var invalid = new SimScenario().Call(0, SimScenario.Signers[1].Account, nonce: 7);
        var broken = new SimScenario().Call(0, SimScenario.Signers[1].Account);
        broken.Bundle.Add(new BundleTransaction(new byte[] { 0xc0 }, default));

        Assert.Equal(new SimOutcome.InvalidTransaction(0, TxRejection.NonceTooHigh), invalid.Run().Result.Outcome);
        Assert.Equal(1, Assert.IsType<SimOutcome.UndecodableTransaction>(broken.Run().Result.Outcome).Index);
    }

    [Fact]
    public void Missing_state_is_named()
    {
        var account = new SimScenario().Call(0, SimScenario.AddressOf(77));
        var slot = new SimScenario();
        var contract = slot.Contract(1, 0x60, 0x05, 0x54);
        slot.Call(0, contract);

        Assert.Equal(new SimOutcome.StateMissing(new StateGap.OfAccount(SimScenario.AddressOf(77))), account.Run().Result.Outcome);
        Assert.Equal(new SimOutcome.StateMissing(new StateGap.OfSlot(contract, 5)), slot.Run().Result.Outcome);
    }

    [Theory]
    [InlineData(SimLimit.Steps)]
    [InlineData(SimLimit.Memory)]
    [InlineData(SimLimit.Depth)]
    [InlineData(SimLimit.TraceSize)]
    [InlineData(SimLimit.Gas)]
    [InlineData(SimLimit.BundleSize)]
    public void A_limit_that_is_reached_is_named(SimLimit limit)
    {
        var scenario = new SimScenario { Limits = Tight(limit) };
        string code = limit switch
        {
            SimLimit.Memory => "6001620400005260006000600060006000305af100", // MSTORE at 256 KiB, then CALL of itself
            SimLimit.Depth => "60006000600060006000305af100",
            _ => "5b6000600062002000600060045afa50600056",
        };
        scenario.Call(0, scenario.Contract(1, Convert.FromHexString(code)), gas: 15_000_000);
        scenario.Call(0, SimScenario.AddressOf(1), gas: 50_000);
        scenario.State.Add(Address.Parse("0x0000000000000000000000000000000000000004"), null);

        var outcome = scenario.Run().Result.Outcome;

        Assert.Equal(limit, Assert.IsType<SimOutcome.LimitExceeded>(outcome).Limit);
    }

    [Fact]
    public void Token_deltas_are_those_of_the_named_account()
    {
        var scenario = new SimScenario();
        var transfer = Keccak256.Hash("Transfer(address,address,uint256)"u8);
        byte[] from = [.. new byte[12], .. SimScenario.AddressOf(8).ToArray()];
        byte[] to = [.. new byte[12], .. SimScenario.Signers[0].Account.ToArray()];

        // MSTORE(0, 25), LOG3(0, 32, transfer, from, to)
        byte[] code = [0x60, 25, 0x5f, 0x52, 0x7f, .. to, 0x7f, .. from, 0x7f, .. transfer.ToArray(), 0x60, 32, 0x5f, 0xa3];
        var token = scenario.Contract(1, code);
        scenario.Call(0, token).Call(0, token);

        var result = scenario.Run().Result;

        Assert.Equal([new TokenDelta(token, 50)], result.TokenDeltas);
    }

    [Fact]
    public void Overrides_change_the_state_and_the_simulation_id()
    {
        var scenario = new SimScenario().Call(0, SimScenario.AddressOf(5));
        scenario.State.Add(SimScenario.AddressOf(5), null);
        var request = scenario.Request();
        byte[] code = [0x60, 0x07, 0x54, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3]; // RETURN(SLOAD(7))
        var changed = request with { Overrides = [new StateOverride(SimScenario.AddressOf(5), null, null, code, [new(7, 42)])] };

        var run = new Simulator(Ethereum.Signatures.SenderRecovery.CreateBest()).Simulate(changed, scenario.State, StateTrust.Verified);

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal(42, run.Result.Transactions[0].Output.Span[^1]);
        Assert.NotEqual(SimRequestCodec.IdOf(request), run.Result.SimId);
    }

    private static SimLimits Tight(SimLimit limit) => limit switch
    {
        SimLimit.Steps => new SimLimits { MaxSteps = 1_000 },
        SimLimit.Memory => new SimLimits { MaxMemoryBytes = SimLimits.LeastMemoryBytes },
        SimLimit.Depth => new SimLimits { MaxDepth = 10 },
        SimLimit.TraceSize => new SimLimits { MaxTraceBytes = 1 << 20 },
        SimLimit.Gas => new SimLimits { MaxGas = 15_010_000 },
        _ => new SimLimits { MaxTransactions = 1 },
    };
}
