using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Tests.Outcomes;

/// <summary>The closed hierarchies are complete, revert reasons decode, and the fees of the next block follow the EIPs.</summary>
public sealed class OutcomeTests
{
    [Fact]
    public void Every_outcome_has_its_category()
    {
        SimOutcome[] outcomes =
        [
            new SimOutcome.Ok(), new SimOutcome.UndecodableTransaction(0, ""), new SimOutcome.InvalidTransaction(0, default),
            new SimOutcome.Reverted(0, new RevertReason.Silent()), new SimOutcome.Halted(0, default),
            new SimOutcome.StateMissing(new StateGap.OfBlockHash(0)), new SimOutcome.StateMismatch(default, null, ""), new SimOutcome.LimitExceeded(default, 0),
        ];

        Assert.Equal(typeof(SimOutcome).GetNestedTypes().Length, outcomes.Length);
        Assert.Equal(Enum.GetValues<FailureCategory>().Order(), outcomes.Select(outcome => outcome.Category).Distinct().Order());
    }

    [Fact]
    public void Revert_reasons_decode_by_kind()
    {
        byte[] panic = [0x4e, 0x48, 0x7b, 0x71, .. new byte[31], 0x11];

        Assert.Equal(new RevertReason.Silent(), RevertReason.Of([]));
        Assert.Equal(new RevertReason.Panic(0x11), RevertReason.Of(panic));
        Assert.Equal(new RevertReason.Custom(0x4e487b71, 3), RevertReason.Of(panic.AsSpan(0, 7)));
        Assert.Equal(new RevertReason.Custom(0x08c379a0, 4), RevertReason.Of([0x08, 0xc3, 0x79, 0xa0, 1, 2, 3, 4]));
        Assert.Equal(new RevertReason.Unknown(3), RevertReason.Of([1, 2, 3]));
    }

    [Theory]
    [InlineData(30_000_000UL, 15_000_000UL, 1_000UL, 1_000UL)]
    [InlineData(30_000_000UL, 30_000_000UL, 1_000UL, 1_125UL)]
    [InlineData(30_000_000UL, 0UL, 1_000UL, 875UL)]
    [InlineData(30_000_000UL, 15_000_001UL, 7UL, 8UL)]
    public void The_next_base_fee_follows_EIP_1559(ulong limit, ulong used, ulong fee, ulong expected)
    {
        var header = Header() with { GasLimit = new Gas(limit), GasUsed = new Gas(used), BaseFeePerGas = new Wei(fee) };

        Assert.Equal(expected, SimBlock.After(header, 1, Fork.Prague).BaseFee);
    }

    [Fact]
    public void The_next_excess_blob_gas_follows_EIP_4844()
    {
        const ulong Blob = 1 << 17;
        var header = Header() with { BlobGasUsed = new Gas(9 * Blob), ExcessBlobGas = new Gas(2 * Blob) };

        Assert.Equal(5 * Blob, SimBlock.After(header, 1, Fork.Prague).ExcessBlobGas);
        Assert.Equal(0UL, SimBlock.After(header with { BlobGasUsed = new Gas(Blob) }, 1, Fork.Prague).ExcessBlobGas);
    }

    private static BlockHeader Header() => new()
    {
        ParentHash = default,
        OmmersHash = default,
        FeeRecipient = default,
        StateRoot = default,
        TransactionsRoot = default,
        ReceiptsRoot = default,
        LogsBloom = new byte[BlockHeader.BloomBytes],
        Difficulty = default,
        Number = new BlockNumber(5),
        GasLimit = new Gas(30_000_000),
        GasUsed = default,
        TimestampSeconds = 1,
        ExtraData = default,
        MixHash = default,
        PowNonce = 0,
        BaseFeePerGas = new Wei(1),
    };
}
