using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Tests.Requests;

public sealed class ForkScheduleTests
{
    [Theory]
    [InlineData(46_146, 1_438_918_233, Fork.Frontier)]
    [InlineData(1_149_999, 1_457_981_393, Fork.Homestead)]
    [InlineData(12_964_999, 1_628_166_822, Fork.London)]
    [InlineData(15_537_393, 1_663_224_162, Fork.Paris)]
    [InlineData(17_034_869, 1_681_338_443, Fork.Shanghai)]
    [InlineData(19_426_586, 1_710_338_123, Fork.Cancun)]
    [InlineData(22_431_083, 1_746_612_299, Fork.Prague)]
    [InlineData(23_935_693, 1_764_798_539, Fork.Osaka)]
    [InlineData(24_000_000, 1_765_290_059, Fork.Bpo1)]
    [InlineData(24_200_000, 1_767_747_659, Fork.Bpo2)]
    [InlineData(22_431_082, 1_746_612_287, Fork.Cancun)]
    public void A_mainnet_block_has_the_fork_of_its_number_and_time(ulong number, ulong time, Fork expected) =>
        Assert.Equal(expected, ForkSchedule.Of(new ChainId(1)).After(Header(number, time)));

    [Fact]
    public void On_another_chain_the_header_fields_determine_the_fork()
    {
        var schedule = ForkSchedule.Of(new ChainId(31_337));
        var berlin = Header(1, 1) with { Difficulty = 1 };

        Assert.Equal(Fork.Berlin, schedule.After(berlin));
        Assert.Equal(Fork.London, schedule.After(berlin with { BaseFeePerGas = default(Wei) }));
        var paris = Header(1, 1) with { BaseFeePerGas = default(Wei) };
        Assert.Equal(Fork.Paris, schedule.After(paris));
        Assert.Equal(Fork.Shanghai, schedule.After(paris with { WithdrawalsRoot = Keccak256.OfEmptyString }));
        Assert.Equal(Fork.Cancun, schedule.After(paris with { WithdrawalsRoot = Keccak256.OfEmptyString, ExcessBlobGas = default(Gas) }));
        Assert.Equal(Fork.Osaka, schedule.After(paris with { ExcessBlobGas = default(Gas), RequestsHash = Keccak256.OfNothing }));
    }

    private static BlockHeader Header(ulong number, ulong time) => new()
    {
        ParentHash = default,
        OmmersHash = Keccak256.OfEmptyList,
        FeeRecipient = default,
        StateRoot = default,
        TransactionsRoot = default,
        ReceiptsRoot = default,
        LogsBloom = new byte[BlockHeader.BloomBytes],
        Difficulty = default,
        Number = new BlockNumber(number),
        GasLimit = new Gas(30_000_000),
        GasUsed = default,
        TimestampSeconds = time,
        ExtraData = default,
        MixHash = default,
        PowNonce = 0,
    };
}
