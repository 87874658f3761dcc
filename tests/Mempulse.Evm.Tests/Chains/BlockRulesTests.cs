using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>Breaks each rule that is checked before execution once, in the last block of go-ethereum's recorded chain.</summary>
public sealed class BlockRulesTests(RecordedChain chain) : IClassFixture<RecordedChain>
{
    private static readonly SortedDictionary<BlockFault, Func<BlockHeader, BlockHeader>[]> BrokenHeaders = new()
    {
        [BlockFault.ParentHash] = [header => header with { ParentHash = default }],
        [BlockFault.Number] = [header => header with { Number = new BlockNumber(header.Number.Value + 1) }],
        [BlockFault.Timestamp] = [header => header with { TimestampSeconds = header.TimestampSeconds - 10 }],
        [BlockFault.GasLimit] =
        [
            header => header with { GasLimit = new Gas(header.GasLimit.Value + (header.GasLimit.Value / 1024)) },
            header => header with { GasLimit = new Gas(header.GasLimit.Value - (header.GasLimit.Value / 1024)) },
        ],
        [BlockFault.GasUsed] = [header => header with { GasUsed = new Gas(header.GasLimit.Value + 1) }],
        [BlockFault.ExtraData] = [header => header with { ExtraData = new byte[33] }],
        [BlockFault.Fields] =
        [
            header => header with { BaseFeePerGas = null },
            header => header with { WithdrawalsRoot = null },
            header => header with { BlobGasUsed = null },
            header => header with { ExcessBlobGas = null },
            header => header with { ParentBeaconBlockRoot = null },
            header => header with { RequestsHash = null },
        ],
        [BlockFault.BaseFee] = [header => header with { BaseFeePerGas = new Wei(header.BaseFeePerGas!.Value.Value + UInt256.One) }],
        [BlockFault.BlobGasUsed] =
        [
            header => header with { BlobGasUsed = new Gas(1) },
            header => header with { BlobGasUsed = new Gas(22 * BlobFee.GasPerBlob) },
        ],
        [BlockFault.ExcessBlobGas] = [header => header with { ExcessBlobGas = new Gas(ulong.MaxValue) }],
        [BlockFault.Difficulty] = [header => header with { Difficulty = UInt256.One }],
        [BlockFault.PowNonce] = [header => header with { PowNonce = 1 }],
        [BlockFault.Ommers] = [header => header with { OmmersHash = default }],
    };

    private ExecutedBlock Last => chain.Blocks[^1];

    private ForkRules Rules => Last.Executable.Env.Rules;

    [Fact]
    public void Each_broken_header_rule_is_reported()
    {
        Assert.Equal(BlockFault.None, BlockRules.CheckHeader(Last.Block.Header, Last.Before.Header, Rules));
        Assert.All(BrokenHeaders, broken => Assert.All(broken.Value, change =>
            Assert.Equal(broken.Key, BlockRules.CheckHeader(change(Last.Block.Header), Last.Before.Header, Rules))));
    }

    [Fact]
    public void A_header_before_the_merge_needs_a_difficulty()
    {
        var first = chain.Blocks[0];

        var header = first.Block.Header with { Difficulty = default };
        Assert.Equal(BlockFault.Difficulty, BlockRules.CheckHeader(header, chain.Genesis.Header, first.Executable.Env.Rules));
    }

    [Fact]
    public void Each_mismatch_of_body_and_header_is_reported()
    {
        var (header, body, size) = Last.Block;
        var uncles = body with { Ommers = [header, header, header] };

        Assert.Equal(BlockFault.None, BlockRules.CheckBody(header, body, Eip7934.MaxRlpBlockSize, Rules));
        Assert.Equal(BlockFault.Size, BlockRules.CheckBody(header, body, Eip7934.MaxRlpBlockSize + 1, Rules));
        Assert.Equal(BlockFault.TransactionsRoot, BlockRules.CheckBody(header, body with { Transactions = [] }, size, Rules));
        Assert.Equal(BlockFault.OmmersHash, BlockRules.CheckBody(header, uncles, size, Rules));
        Assert.Equal(BlockFault.Ommers, BlockRules.CheckBody(header with { OmmersHash = BlockRoots.OfOmmers(uncles.Ommers) }, uncles, size, Rules));
        Assert.Equal(BlockFault.WithdrawalsRoot, BlockRules.CheckBody(header, body with { Withdrawals = null }, size, Rules));
    }

    [Fact]
    public void Every_block_fault_is_covered()
    {
        BlockFault[] ofBodies = [BlockFault.Size, BlockFault.TransactionsRoot, BlockFault.OmmersHash, BlockFault.WithdrawalsRoot];

        Assert.Equal(Enum.GetValues<BlockFault>().Order(), BrokenHeaders.Keys.Concat(ofBodies).Append(BlockFault.None).Order());
    }
}
