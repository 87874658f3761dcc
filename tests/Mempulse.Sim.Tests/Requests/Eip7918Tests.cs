using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Tests.Requests;

/// <summary>EIP-7918 (Osaka): while the blob fee is below its reserve price, the target is not subtracted from the excess blob gas.</summary>
public sealed class Eip7918Tests
{
    private const ulong BlobGas = 1 << 17;

    /// <summary>At zero excess a blob costs 2^17 wei, as much as 2^13 gas at a base fee of 16 wei.</summary>
    [Theory]
    [InlineData(Fork.Prague, 17, 6, 0)]
    [InlineData(Fork.Prague, 17, 7, BlobGas)]
    [InlineData(Fork.Osaka, 16, 7, BlobGas)]
    [InlineData(Fork.Osaka, 17, 6, 262_144)]
    [InlineData(Fork.Osaka, 17, 7, 305_834)] // 7 blobs, maximum 9, target 6: rounded once, at the end
    [InlineData(Fork.Bpo1, 17, 10, 436_906)]
    [InlineData(Fork.Bpo2, 17, 14, 611_669)]
    public void Below_the_reserve_price_the_excess_grows_by_a_share_of_the_used_blob_gas(Fork fork, int baseFee, int blobs, ulong excess) =>
        Assert.Equal(excess, After(fork, (ulong)baseFee, 0, (ulong)blobs * BlobGas));

    [Fact]
    public void Below_the_target_the_excess_is_zero_in_either_case() => Assert.Equal(0UL, After(Fork.Osaka, 17, 0, 5 * BlobGas));

    /// <summary>Two pairs of consecutive mainnet blocks, at 24,476,000 and 24,476,004, one on each side of the reserve price.</summary>
    [Theory]
    [InlineData(44_968_580, 172_073_403, 3, 172_204_475)]
    [InlineData(41_519_799, 172_859_835, 1, 171_155_899)]
    public void Mainnet_blocks_match(ulong baseFee, ulong excess, int blobs, ulong next) =>
        Assert.Equal(next, After(Fork.Bpo2, baseFee, excess, (ulong)blobs * BlobGas));

    private static ulong After(Fork fork, ulong baseFee, ulong excess, ulong used) => SimBlock.After(
        new BlockHeader
        {
            ParentHash = default,
            OmmersHash = Keccak256.OfEmptyList,
            FeeRecipient = default,
            StateRoot = default,
            TransactionsRoot = default,
            ReceiptsRoot = default,
            LogsBloom = new byte[BlockHeader.BloomBytes],
            Difficulty = default,
            Number = new BlockNumber(1),
            GasLimit = new Gas(30_000_000),
            GasUsed = default,
            TimestampSeconds = 1,
            ExtraData = default,
            MixHash = default,
            PowNonce = 0,
            BaseFeePerGas = new Wei(baseFee),
            ExcessBlobGas = new Gas(excess),
            BlobGasUsed = new Gas(used),
        },
        chainId: 1,
        fork).ExcessBlobGas;
}
