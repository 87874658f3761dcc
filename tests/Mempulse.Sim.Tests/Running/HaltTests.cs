using Mempulse.Evm.Execution;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Sim.Tests.Running;

/// <summary>Each exceptional halt of a transaction has its own outcome.</summary>
public sealed class HaltTests
{
    private static readonly Address Addition = Address.Parse("0x0000000000000000000000000000000000000006");

    public static TheoryData<Status> Reasons =>
    [
        Status.OutOfGas, Status.StackUnderflow, Status.StackOverflow, Status.InvalidInstruction, Status.InvalidJump, Status.ReturnDataOutOfBounds,
        Status.CodeTooLarge, Status.CodePrefixRejected, Status.AddressCollision, Status.PrecompileFailed,
    ];

    /// <summary>Only inner calls halt with these: the outermost call is neither static nor too deep, and the others make the transaction invalid.</summary>
    private static readonly Status[] InnerOnly = [Status.StaticViolation, Status.InitcodeTooLarge, Status.CallTooDeep, Status.BalanceTooLow, Status.NonceAtEnd];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_halt_ends_the_bundle_with_its_reason_and_consumes_all_gas(Status reason)
    {
        var scenario = Scenario(reason);

        var result = scenario.Run().Result;

        Assert.Equal(new SimOutcome.Halted(0, reason), result.Outcome);
        Assert.Equal(reason, Assert.Single(result.Transactions).Status);
        Assert.Equal(10_000_000UL, result.GasUsed);
    }

    [Fact]
    public void Every_reason_is_tested_or_limited_to_inner_calls() => Assert.Equal(
        Enum.GetValues<Status>().Where(status => status is >= Status.OutOfGas and < Status.StateMissing),
        Reasons.Select(row => row.Data).Concat(InnerOnly).Order());

    private static SimScenario Scenario(Status reason)
    {
        var scenario = new SimScenario();
        var created = ContractAddress.OfNonce(SimScenario.Signers[0].Account, 0);
        scenario.State.Add(created, reason == Status.AddressCollision ? new AccountRecord(default, 1, ContractCode.Empty.Hash, HasStorage: false) : null);
        scenario.State.Add(Addition, null);
        return reason switch
        {
            Status.CodeTooLarge => Create(scenario, "620060015ff3"), // returns 24,577 bytes
            Status.CodePrefixRejected => Create(scenario, "60ef5f5360015ff3"),
            Status.AddressCollision => Create(scenario, "00"),
            Status.PrecompileFailed => scenario.Call(0, Addition, input: [.. Enumerable.Repeat((byte)1, 128)], gas: 10_000_000),
            _ => scenario.Call(0, scenario.Contract(1, Convert.FromHexString(Code(reason))), gas: 10_000_000),
        };
    }

    private static SimScenario Create(SimScenario scenario, string initcode) => scenario.Call(0, null, input: Convert.FromHexString(initcode), gas: 10_000_000);

    private static string Code(Status reason) => reason switch
    {
        Status.InvalidInstruction => "fe",
        Status.StackUnderflow => "01",
        Status.InvalidJump => "600056",
        Status.OutOfGas => "5b600056",
        Status.StackOverflow => "5b5f600056",
        _ => "60015f5f3e", // RETURNDATACOPY beyond the return data
    };
}
