using System.Text;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.BlockProcessing;
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

    /// <summary>Moves the first block up, so that the fork can begin before it.</summary>
    private const ulong ForkOffset = 100;

    private ExecutedBlock Last => chain.Blocks[^1];

    private ForkRules Rules => Last.Executable.Env.Rules;

    [Fact]
    public void A_header_at_the_exact_bound_of_a_rule_is_valid_and_one_beyond_it_is_not()
    {
        var header = Last.Block.Header;
        var parent = Last.Before.Header;
        ulong step = parent.GasLimit.Value / 1_024;
        ulong mostBlobGas = (ulong)Rules.Blobs.Max * BlobFee.GasPerBlob;
        (BlockFault Fault, BlockHeader Bound, BlockHeader Beyond)[] cases =
        [
            (BlockFault.Number, header, header with { Number = new BlockNumber(header.Number.Value - 1) }),
            (BlockFault.Timestamp, header with { TimestampSeconds = parent.TimestampSeconds + 1 }, header with { TimestampSeconds = parent.TimestampSeconds }),
            (BlockFault.GasLimit, header with { GasLimit = new Gas(parent.GasLimit.Value + step - 1) }, header with { GasLimit = new Gas(parent.GasLimit.Value + step) }),
            (BlockFault.GasLimit, header with { GasLimit = new Gas(parent.GasLimit.Value - step + 1) }, header with { GasLimit = new Gas(parent.GasLimit.Value - step) }),
            (BlockFault.GasUsed, header with { GasUsed = header.GasLimit }, header with { GasUsed = new Gas(header.GasLimit.Value + 1) }),
            (BlockFault.ExtraData, header with { ExtraData = new byte[32] }, header with { ExtraData = new byte[33] }),
            (BlockFault.BlobGasUsed, header with { BlobGasUsed = new Gas(mostBlobGas) }, header with { BlobGasUsed = new Gas(mostBlobGas + BlobFee.GasPerBlob) }),
            (BlockFault.BaseFee, header, header with { BaseFeePerGas = new Wei(header.BaseFeePerGas!.Value.Value - UInt256.One) }),
            (BlockFault.ExcessBlobGas, header, header with { ExcessBlobGas = new Gas(header.ExcessBlobGas!.Value.Value + 1) }),
        ];

        foreach (var (fault, bound, beyond) in cases)
        {
            Assert.Equal((fault, BlockFault.None), (fault, BlockRules.CheckHeader(bound, parent, Rules)));
            Assert.Equal(fault, BlockRules.CheckHeader(beyond, parent, Rules));
        }
    }

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
        Assert.Equal(BlockFault.WithdrawalsRoot, BlockRules.CheckBody(header, body with { Withdrawals = [.. body.Withdrawals!, new Withdrawal(1, 2, default, 3)] }, size, Rules));
    }

    /// <summary>EIP-779: the fork block and the nine after it are marked; the other blocks are free.</summary>
    [Theory]
    [InlineData(0, "dao-hard-fork", BlockFault.None)]
    [InlineData(0, "", BlockFault.ExtraData)]
    [InlineData(0, "dao-hard-fork!", BlockFault.ExtraData)]
    [InlineData(9, "dao-hard-fork", BlockFault.None)]
    [InlineData(9, "any", BlockFault.ExtraData)]
    [InlineData(10, "any", BlockFault.None)]
    [InlineData(10, "dao-hard-fork", BlockFault.None)]
    public void The_first_ten_headers_of_the_DAO_fork_carry_its_extra_data(int after, string extraData, BlockFault fault)
    {
        var first = chain.Blocks[0];
        var rules = first.Executable.Env.Rules with { DaoForkBlock = first.Block.Header.Number.Value + ForkOffset - (ulong)after };
        var parent = first.Before.Header with { Number = new BlockNumber(first.Before.Header.Number.Value + ForkOffset) };
        var header = first.Block.Header with
        {
            Number = new BlockNumber(first.Block.Header.Number.Value + ForkOffset),
            ParentHash = parent.ComputeHash(),
            ExtraData = Encoding.ASCII.GetBytes(extraData),
        };

        Assert.Equal(fault, BlockRules.CheckHeader(header, parent, rules));
    }

    [Fact]
    public void Every_block_fault_is_covered()
    {
        BlockFault[] ofBodies = [BlockFault.Size, BlockFault.TransactionsRoot, BlockFault.OmmersHash, BlockFault.WithdrawalsRoot];

        Assert.Equal(Enum.GetValues<BlockFault>().Order(), BrokenHeaders.Keys.Concat(ofBodies).Append(BlockFault.None).Order());
    }
}
