using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Recording;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Traces;

/// <summary>A run stops at its caller's limits and leaves the executor reusable.</summary>
public sealed class RunLimitTests : IStateReader
{
    private static readonly Address Sender = Address.Parse("0x1111111111111111111111111111111111111111");
    private static readonly Address Contract = Address.Parse("0x2222222222222222222222222222222222222222");

    private readonly EvmExecutor _executor = new(SenderRecovery.CreateBest());
    private ContractCode _code = ContractCode.Empty;

    [Theory]
    [InlineData("5b600056", RunLimit.Steps)] // JUMPDEST, PUSH1 0, JUMP
    [InlineData("600162100000525b", RunLimit.Memory)] // MSTORE at 1 MiB
    [InlineData("60006000600060006000305af1", RunLimit.Depth)] // CALL of itself
    [InlineData("5b6000600062002000600060045afa50600056", RunLimit.TraceSize)] // endless loop of STATICCALLs of the identity precompile with 8 KiB
    public void A_run_stops_at_a_limit_and_does_not_affect_the_next_run(string code, RunLimit expected)
    {
        _code = ContractCode.Of(Convert.FromHexString(code));
        var limits = new RunLimits { MaxSteps = 100_000, MaxMemoryBytes = 1 << 19, MaxDepth = 20, MaxTraceBytes = 1 << 20 };
        var state = new WorldState(this);

        var execution = new RunRecorder(limits, TraceParts.None).Execute(_executor, Block(), Call(nonce: 0), state);

        Assert.Equal(new TxExecution.LimitExceeded(expected), execution);
        Assert.Equal(0UL, state.NonceOf(Sender));
        _code = ContractCode.Of([0x00]);
        var next = new RunRecorder(limits, TraceParts.None).Execute(_executor, Block(), Call(nonce: 0), new WorldState(this));
        Assert.True(next is TxExecution.Executed { IsSuccess: true }, next.ToString());
    }

    [Fact]
    public void The_step_digest_distinguishes_runs_with_equal_results()
    {
        _code = ContractCode.Of([0x60, 0x01, 0x50, 0x00]);
        var first = Watch();
        var again = Watch();
        _code = ContractCode.Of([0x60, 0x02, 0x50, 0x00]);
        var other = Watch();

        Assert.Equal(first.StepDigest, again.StepDigest);
        Assert.NotEqual(first.StepDigest, other.StepDigest);
        Assert.Equal(first.Calls!.GasUsed, other.Calls!.GasUsed);
    }

    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        account = new AccountRecord(UInt256.FromUInt64(ulong.MaxValue), 0, address == Contract ? _code.Hash : ContractCode.Empty.Hash, HasStorage: false);
        return address == Contract || address == Sender ? ReadOutcome.Found : ReadOutcome.Absent;
    }

    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = default;
        return ReadOutcome.Found;
    }

    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
    {
        code = _code;
        return ReadOutcome.Found;
    }

    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash)
    {
        hash = default;
        return ReadOutcome.Found;
    }

    private RunRecorder Watch()
    {
        var recorder = new RunRecorder(RunLimits.None, TraceParts.StepDigest);
        recorder.Execute(_executor, Block(), Call(nonce: 0), new WorldState(this));
        return recorder;
    }

    private static BlockEnv Block() => new()
    {
        Rules = ForkHistory.Of(Fork.Osaka),
        ChainId = 1,
        Number = 1,
        Timestamp = 1,
        Coinbase = default,
        GasLimit = 30_000_000,
    };

    private static EvmTransaction Call(ulong nonce) => new()
    {
        Type = TxType.Legacy,
        Sender = Sender,
        Nonce = nonce,
        GasLimit = 16_000_000,
        Recipient = Contract,
        MaxFeePerGas = 1,
    };
}
