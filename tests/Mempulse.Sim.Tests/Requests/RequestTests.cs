using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Tests.Running;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Sim.Tests.Requests;

/// <summary>A request's id depends on every field, its bytes give back every field, and its block follows from the header.</summary>
public sealed class RequestTests
{
    private static readonly Hash256 s_hash = new([.. Enumerable.Repeat((byte)0xee, 32)]);

    private static SimRequest Base => new()
    {
        Block = new SimScenario().Block with { BaseNumber = 5, ParentBeaconRoot = Keccak256.OfNothing },
        Transactions = [new BundleTransaction(new byte[] { 1, 2 }, RevertPolicy.MustSucceed), new BundleTransaction(new byte[] { 3 }, RevertPolicy.MayRevert)],
        Account = SimScenario.AddressOf(3),
        Overrides = [new StateOverride(SimScenario.AddressOf(4), 1, 2, new byte[] { 3 }, [new(4, 5)])],
    };

    private static StateOverride Override => Base.Overrides[0];

    public static TheoryData<string> Fields => [.. Changes.Keys];

    private static Dictionary<string, SimRequest> Changes => new()
    {
        ["base hash"] = Base with { Block = Base.Block with { BaseHash = s_hash } },
        ["fork"] = Base with { Block = Base.Block with { Fork = Fork.Prague } },
        ["chain"] = Base with { Block = Base.Block with { ChainId = 2 } },
        ["number"] = Base with { Block = Base.Block with { Number = 101 } },
        ["time"] = Base with { Block = Base.Block with { Timestamp = 3 } },
        ["coinbase"] = Base with { Block = Base.Block with { Coinbase = default } },
        ["block gas"] = Base with { Block = Base.Block with { GasLimit = 1 } },
        ["base fee"] = Base with { Block = Base.Block with { BaseFee = 8 } },
        ["difficulty"] = Base with { Block = Base.Block with { Difficulty = 1 } },
        ["randao"] = Base with { Block = Base.Block with { PrevRandao = s_hash } },
        ["excess blob gas"] = Base with { Block = Base.Block with { ExcessBlobGas = 1 } },
        ["base number"] = Base with { Block = Base.Block with { BaseNumber = 6 } },
        ["start"] = Base with { Block = Base.Block with { Start = BlockStart.SystemCalls } },
        ["beacon root"] = Base with { Block = Base.Block with { ParentBeaconRoot = s_hash } },
        ["no beacon root"] = Base with { Block = Base.Block with { ParentBeaconRoot = null } },
        ["a transaction"] = Base with { Transactions = [Base.Transactions[0], Base.Transactions[1] with { Raw = new byte[] { 4 } }] },
        ["their order"] = Base with { Transactions = [Base.Transactions[1], Base.Transactions[0]] },
        ["their number"] = Base with { Transactions = [Base.Transactions[0]] },
        ["their cut"] = Base with { Transactions = [Base.Transactions[0] with { Raw = new byte[] { 1 } }, Base.Transactions[1] with { Raw = new byte[] { 2, 3 } }] },
        ["a policy"] = Base with { Transactions = [Base.Transactions[0] with { Revert = RevertPolicy.MayRevert }, Base.Transactions[1]] },
        ["opportunity"] = Base with { Opportunity = s_hash },
        ["account"] = Base with { Account = SimScenario.AddressOf(9) },
        ["no account"] = Base with { Account = null },
        ["no overrides"] = Base with { Overrides = [] },
        ["override's account"] = Base with { Overrides = [Override with { Address = default }] },
        ["override's balance"] = Base with { Overrides = [Override with { Balance = 2 }] },
        ["no balance"] = Base with { Overrides = [Override with { Balance = null }] },
        ["override's nonce"] = Base with { Overrides = [Override with { Nonce = 3 }] },
        ["no nonce"] = Base with { Overrides = [Override with { Nonce = null }] },
        ["override's code"] = Base with { Overrides = [Override with { Code = new byte[] { 4 } }] },
        ["empty code"] = Base with { Overrides = [Override with { Code = Array.Empty<byte>() }] },
        ["no code"] = Base with { Overrides = [Override with { Code = null }] },
        ["override's slot"] = Base with { Overrides = [Override with { Slots = [new(5, 5)] }] },
        ["override's value"] = Base with { Overrides = [Override with { Slots = [new(4, 4)] }] },
        ["no slots"] = Base with { Overrides = [Override with { Slots = [] }] },
        ["gas"] = Base with { Limits = new SimLimits { MaxGas = 1 } },
        ["steps"] = Base with { Limits = new SimLimits { MaxSteps = 1 } },
        ["memory"] = Base with { Limits = new SimLimits { MaxMemoryBytes = 1 } },
        ["depth"] = Base with { Limits = new SimLimits { MaxDepth = 1 } },
        ["trace bytes"] = Base with { Limits = new SimLimits { MaxTraceBytes = 1 } },
        ["transactions"] = Base with { Limits = new SimLimits { MaxTransactions = 1 } },
        ["bundle bytes"] = Base with { Limits = new SimLimits { MaxBundleBytes = 1 } },
        ["tracing"] = Base with { Steps = StepTracing.Digest },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_changed_field_changes_the_id_and_is_read_back(string field)
    {
        var changed = Changes[field];

        byte[] bytes = Encode(changed);
        var reader = new MessagePackReader(bytes);
        var read = SimRequestCodec.Read(ref reader);

        Assert.NotEqual(SimRequestCodec.IdOf(Base), SimRequestCodec.IdOf(changed));
        Assert.True(reader.AtEnd);
        Assert.Equal(bytes, Encode(read));
        Assert.Equal((changed.Block, changed.Account, changed.Limits, changed.Opportunity, changed.Steps), (read.Block, read.Account, read.Limits, read.Opportunity, read.Steps));
    }

    [Fact]
    public void The_ids_of_all_changes_differ() => Assert.Equal(Changes.Count, Changes.Values.Select(SimRequestCodec.IdOf).Distinct().Count());

    [Fact]
    public void Equal_requests_have_one_id_which_depends_on_both_versions()
    {
        var buffer = new ByteBuffer();
        var writer = new MessagePackWriter(buffer);
        writer.Write((ulong)SimVersions.Engine);
        writer.Write((ulong)SimVersions.Rules);
        SimRequestCodec.Write(writer, Base);

        Assert.Equal(Keccak256.Hash(buffer.WrittenSpan), SimRequestCodec.IdOf(Base));
    }

    [Theory]
    [InlineData(Fork.Amsterdam + 1, BlockStart.Begun, RevertPolicy.MustSucceed, StepTracing.Off)]
    [InlineData(Fork.Osaka, BlockStart.SystemCalls + 1, RevertPolicy.MustSucceed, StepTracing.Off)]
    [InlineData(Fork.Osaka, BlockStart.Begun, RevertPolicy.MayRevert + 1, StepTracing.Off)]
    [InlineData(Fork.Osaka, BlockStart.Begun, RevertPolicy.MustSucceed, StepTracing.Digest + 1)]
    public void A_value_beyond_the_last_of_an_enumeration_is_refused(Fork fork, BlockStart start, RevertPolicy policy, StepTracing steps)
    {
        byte[] bytes = Encode(Base with
        {
            Block = Base.Block with { Fork = fork, Start = start },
            Transactions = [new BundleTransaction(new byte[] { 1 }, policy)],
            Steps = steps,
        });

        Assert.Throws<EventDecodeException>(() => Read(bytes));
    }

    [Fact]
    public void A_request_with_another_number_of_values_is_refused()
    {
        byte[] bytes = Encode(Base);
        Assert.Equal(0x97, bytes[0]);
        bytes[0] = 0x98;

        Assert.Equal("An array of 8 values is not valid here: expected 7.", Assert.Throws<EventDecodeException>(() => Read(bytes)).Message);
    }

    [Fact]
    public void The_last_values_of_the_enumerations_are_read()
    {
        var last = Base with { Block = Base.Block with { Fork = Fork.Amsterdam, Start = BlockStart.SystemCalls }, Steps = StepTracing.Digest };
        var reader = new MessagePackReader(Encode(last));

        Assert.Equal((Fork.Amsterdam, BlockStart.SystemCalls), (SimRequestCodec.Read(ref reader).Block is var block ? block.Fork : default, block.Start));
    }

    [Theory]
    [InlineData(99, "Witness version 99 is not supported: expected 1 or 2.")]
    [InlineData(0, "Witness version 0 is not supported: expected 1 or 2.")]
    public void A_witness_of_another_version_is_refused(byte version, string problem)
    {
        byte[] bytes = Witness();
        bytes[1] = version;

        Assert.Equal(problem, Assert.Throws<EventDecodeException>(() => WitnessCodec.Decode(bytes)).Message);
    }

    [Fact]
    public void Bytes_behind_a_witness_are_refused()
    {
        byte[] bytes = [.. Witness(), 0, 0];

        Assert.Equal("The witness has 2 trailing bytes: expected none.", Assert.Throws<EventDecodeException>(() => WitnessCodec.Decode(bytes)).Message);
    }

    [Theory]
    [InlineData(1, "1 values are not a valid reason why nothing was executed: expected 0, 2 or 3.")]
    [InlineData(4, "4 values are not a valid reason why nothing was executed: expected 0, 2 or 3.")]
    public void A_reason_with_another_number_of_values_is_refused(byte count, string problem)
    {
        byte[] bytes = [.. Witness()[..^1], (byte)(0x90 + count), .. new byte[count]]; // in place of nil

        Assert.Equal(problem, Assert.Throws<EventDecodeException>(() => WitnessCodec.Decode(bytes)).Message);
    }

    [Fact]
    public void The_parts_of_a_state_are_counted_once_each()
    {
        var state = new KnownState();
        Assert.Equal(0, state.PartCount);
        state.Add(SimScenario.AddressOf(1), null);
        state.Add(SimScenario.AddressOf(1), new AccountRecord(1, 1, default, HasStorage: false));
        state.Add(SimScenario.AddressOf(1), 1, 2);
        state.Add(SimScenario.AddressOf(1), 2, 2);
        state.Add(SimScenario.AddressOf(2), 1, 2);
        state.Add(ContractCode.Of([1]));
        state.Add(7, s_hash);
        state.Add(7, s_hash);

        Assert.Equal(1 + 3 + 1 + 1, state.PartCount);
    }

    [Fact]
    public void The_block_after_a_header_follows_from_it()
    {
        var header = Header();

        var block = SimBlock.After(header, 5, Fork.Osaka);

        Assert.Equal(
            new SimBlock(header.ComputeHash(), Fork.Osaka, 5, 101, 1_012, SimScenario.AddressOf(1), 30_000_000, block.BaseFee, 0, s_hash, block.ExcessBlobGas)
            {
                BaseNumber = 100,
                Start = BlockStart.SystemCalls,
            },
            block);
        Assert.True(block.BaseFee > header.BaseFeePerGas!.Value.Value); // the block was full
    }

    [Fact]
    public void A_block_at_a_header_is_that_block_on_its_own_state()
    {
        var header = Header();

        var block = SimBlock.At(header, 5, Fork.Osaka);

        Assert.Equal(
            new SimBlock(header.ComputeHash(), Fork.Osaka, 5, 100, 1_000, SimScenario.AddressOf(1), 30_000_000, 1_000, 0, s_hash, 77) { BaseNumber = 100, Start = BlockStart.Begun },
            block);
        var old = SimBlock.At(header with { BaseFeePerGas = null, ExcessBlobGas = null }, 5, Fork.Berlin);
        Assert.Equal((UInt256.Zero, 0UL), (old.BaseFee, old.ExcessBlobGas));
    }

    [Theory]
    [InlineData((1UL << 32) - 1, (1UL << 32) - 1)]
    [InlineData(1UL << 32, 1UL << 32)]
    [InlineData((1UL << 32) + 1, 1UL << 32)]
    [InlineData(ulong.MaxValue, 1UL << 32)]
    public void The_environment_has_every_field_and_bounds_the_excess_blob_gas(ulong excess, ulong expected)
    {
        var block = new SimBlock(s_hash, Fork.Osaka, 2, 3, 4, SimScenario.AddressOf(5), 6, 7, 8, Keccak256.OfNothing, excess);

        var env = block.ToEnv();

        Assert.Equal((2UL, 3UL, 4UL, SimScenario.AddressOf(5), 6UL), (env.ChainId, env.Number, env.Timestamp, env.Coinbase, env.GasLimit));
        Assert.Equal(((UInt256)7, (UInt256)8, Keccak256.OfNothing, expected), (env.BaseFee, env.Difficulty, env.PrevRandao, env.ExcessBlobGas));
        Assert.True(env.Rules.Has(Fork.Osaka) && !env.Rules.Has(Fork.Bpo1));
    }

    /// <summary>Each activation of mainnet, at its first block and one before (go-ethereum, params/config.go).</summary>
    [Theory]
    [InlineData(1_150_000, Fork.Frontier, Fork.Homestead)]
    [InlineData(2_463_000, Fork.Homestead, Fork.TangerineWhistle)]
    [InlineData(2_675_000, Fork.TangerineWhistle, Fork.SpuriousDragon)]
    [InlineData(4_370_000, Fork.SpuriousDragon, Fork.Byzantium)]
    [InlineData(7_280_000, Fork.Byzantium, Fork.Petersburg)]
    [InlineData(9_069_000, Fork.Petersburg, Fork.Istanbul)]
    [InlineData(12_244_000, Fork.Istanbul, Fork.Berlin)]
    [InlineData(12_965_000, Fork.Berlin, Fork.London)]
    [InlineData(15_537_394, Fork.London, Fork.Paris)]
    public void A_fork_by_height_begins_with_its_block(ulong first, Fork before, Fork after)
    {
        var schedule = ForkSchedule.Of(new ChainId(1));

        Assert.Equal(before, schedule.After(Header() with { Number = new BlockNumber(first - 2) }));
        Assert.Equal(after, schedule.After(Header() with { Number = new BlockNumber(first - 1) }));
    }

    [Theory]
    [InlineData(1_681_338_455, Fork.Paris, Fork.Shanghai)]
    [InlineData(1_710_338_135, Fork.Shanghai, Fork.Cancun)]
    [InlineData(1_746_612_311, Fork.Cancun, Fork.Prague)]
    [InlineData(1_764_798_551, Fork.Prague, Fork.Osaka)]
    [InlineData(1_765_290_071, Fork.Osaka, Fork.Bpo1)]
    [InlineData(1_767_747_671, Fork.Bpo1, Fork.Bpo2)]
    public void A_fork_by_time_begins_at_its_second(ulong first, Fork before, Fork after)
    {
        var schedule = ForkSchedule.Of(new ChainId(1));
        var header = Header() with { Number = new BlockNumber(20_000_000) };

        Assert.Equal(before, schedule.After(header with { TimestampSeconds = first - SimBlock.SlotSeconds - 1 }));
        Assert.Equal(after, schedule.After(header with { TimestampSeconds = first - SimBlock.SlotSeconds }));
    }

    private static SimRequest Read(byte[] bytes)
    {
        var reader = new MessagePackReader(bytes);
        return SimRequestCodec.Read(ref reader);
    }

    private static byte[] Encode(SimRequest request)
    {
        var buffer = new ByteBuffer();
        SimRequestCodec.Write(new MessagePackWriter(buffer), request);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Witness() => WitnessCodec.Encode(new Witness(Base, new KnownState(), StateTrust.Verified));

    private static BlockHeader Header() => new()
    {
        ParentHash = default,
        OmmersHash = Keccak256.OfEmptyList,
        FeeRecipient = SimScenario.AddressOf(1),
        StateRoot = default,
        TransactionsRoot = default,
        ReceiptsRoot = default,
        LogsBloom = new byte[BlockHeader.BloomBytes],
        Difficulty = default,
        Number = new BlockNumber(100),
        GasLimit = new Gas(30_000_000),
        GasUsed = new Gas(30_000_000),
        TimestampSeconds = 1_000,
        ExtraData = default,
        MixHash = s_hash,
        PowNonce = 0,
        BaseFeePerGas = new Wei(1_000),
        ExcessBlobGas = new Gas(77),
    };
}
