using System.Security.Cryptography;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>
/// Block-level state changes: rewards (EIP-649, EIP-1234, EIP-3675), the DAO fork (EIP-779), withdrawals (EIP-4895), system calls (EIP-2935, EIP-4788,
/// EIP-7002, EIP-7251), deposits and the requests hash (EIP-6110, EIP-7685), the receipt status (EIP-658).
/// </summary>
public sealed class BlockEipTests
{
    private const ulong Ether = 1_000_000_000_000_000_000;

    /// <summary>Stores the first word of its calldata at slot 0.</summary>
    private const string StoresInput = "60003560005500";

    /// <summary>Returns the byte 0x07.</summary>
    private const string ReturnsSeven = "600760005360016000f3";

    [Theory]
    [InlineData(Fork.SpuriousDragon, 5)]
    [InlineData(Fork.Byzantium, 3)]
    [InlineData(Fork.Petersburg, 2)]
    [InlineData(Fork.London, 2)]
    [InlineData(Fork.Paris, 0)]
    public void The_block_reward_depends_on_the_fork(Fork fork, int ethers)
    {
        var (execution, state) = Execute(new Trial(fork), block => block);

        Assert.IsType<BlockExecution.Executed>(execution);
        Assert.Equal((UInt256)Ether * (ulong)ethers, state.BalanceOf(Trial.Coinbase));
    }

    /// <summary>An uncle two blocks back: 6/8 of the reward to its miner, 1/32 more to the block's miner.</summary>
    [Fact]
    public void An_uncle_pays_its_miner_and_the_blocks()
    {
        var (_, state) = Execute(new Trial(Fork.Petersburg), block => block with { Ommers = [Uncle(998)] });

        Assert.Equal((UInt256)(2 * Ether / 8 * 6), state.BalanceOf(Trial.Stranger));
        Assert.Equal((UInt256)((2 * Ether) + (2 * Ether / 32)), state.BalanceOf(Trial.Coinbase));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(993)]
    public void An_uncle_of_an_invalid_height_makes_the_block_invalid(int number) => Assert.Equal(
        new BlockExecution.InvalidOmmer(0),
        Execute(new Trial(Fork.Petersburg), block => block with { Ommers = [Uncle((ulong)number)] }).Execution);

    [Theory]
    [InlineData(1_919_999, 0)]
    [InlineData(1_920_000, 116)]
    [InlineData(1_920_001, 0)]
    public void The_DAO_accounts_are_drained_at_the_fork_block_only(int number, int wei)
    {
        var trial = new Trial(Fork.Homestead).In(block => block with { Number = (ulong)number });
        foreach (var account in Eip779.Drained)
        {
            trial.With(account, balance: 1UL);
        }

        var (_, state) = Execute(trial, block => block);

        Assert.Equal((UInt256)(ulong)wei, state.BalanceOf(Eip779.Refund));
        Assert.Equal((UInt256)(wei == 0 ? 1UL : 0UL), state.BalanceOf(Eip779.Drained[^1]));
    }

    [Fact]
    public void A_chain_without_the_DAO_fork_keeps_the_accounts()
    {
        var trial = new Trial(Fork.Homestead).In(block => block with { Number = Eip779.MainnetBlock, Rules = block.Rules with { DaoForkBlock = null } });
        trial.With(Eip779.Drained[0], balance: 1UL);

        var (_, state) = Execute(trial, block => block);

        Assert.Equal(UInt256.One, state.BalanceOf(Eip779.Drained[0]));
    }

    /// <summary>Withdrawal amounts are in gwei.</summary>
    [Fact]
    public void Withdrawals_are_credited_in_gwei()
    {
        var (_, state) = Execute(new Trial(Fork.Shanghai), block => block with { Withdrawals = [new Withdrawal(1, 2, Trial.Stranger, 3)] });

        Assert.Equal((UInt256)3_000_000_000UL, state.BalanceOf(Trial.Stranger));
    }

    [Theory]
    [InlineData(Fork.Shanghai, 0)]
    [InlineData(Fork.Cancun, 5)]
    public void The_beacon_root_is_stored_since_Cancun(Fork fork, int stored) =>
        Assert.Equal(
            (UInt256)(ulong)stored,
            Execute(new Trial(fork).With(Eip4788.Contract, StoresInput, nonce: 1), WithRoots).State.StorageOf(Eip4788.Contract, default));

    [Theory]
    [InlineData(Fork.Cancun, 0)]
    [InlineData(Fork.Prague, 6)]
    public void The_parent_hash_is_stored_since_Prague(Fork fork, int stored) =>
        Assert.Equal(
            (UInt256)(ulong)stored,
            Execute(WithQueues(new Trial(fork).With(Eip2935.Contract, StoresInput, nonce: 1)), WithRoots).State.StorageOf(Eip2935.Contract, default));

    [Fact]
    public void Requests_are_dequeued_and_hashed_since_Prague()
    {
        var before = Assert.IsType<BlockExecution.Executed>(Execute(WithQueues(new Trial(Fork.Cancun)), WithRoots).Execution);
        var after = Assert.IsType<BlockExecution.Executed>(Execute(WithQueues(new Trial(Fork.Prague)), WithRoots).Execution);

        Assert.Null(before.RequestsHash);
        Assert.Equal(["0107", "0207"], after.Requests.Select(request => Convert.ToHexString(request.Span)));
        Assert.Equal(SHA256.HashData([.. SHA256.HashData([1, 7]), .. SHA256.HashData([2, 7])]), after.RequestsHash!.Value.ToArray());
    }

    [Fact]
    public void A_Prague_block_without_the_queue_contracts_is_invalid() => Assert.Equal(
        new BlockExecution.SystemCallFailed(Eip7002.Contract),
        Execute(new Trial(Fork.Prague), WithRoots).Execution);

    /// <summary>The call fails by a revert, by INVALID, and by running out of its 30,000,000 gas.</summary>
    [Theory]
    [InlineData("60006000fd")]
    [InlineData("fe")]
    [InlineData("5b600056")]
    public void A_failed_call_of_a_queue_makes_the_block_invalid(string code)
    {
        foreach (var contract in new[] { Eip7002.Contract, Eip7251.Contract })
        {
            var trial = WithQueues(new Trial(Fork.Prague)).With(contract, code, nonce: 1);

            Assert.Equal(new BlockExecution.SystemCallFailed(contract), Execute(trial, WithRoots).Execution);
        }
    }

    /// <summary>EIP-4788 and EIP-2935: a failed system call at the start of a block is ignored.</summary>
    [Fact]
    public void A_failed_system_call_before_the_transactions_is_ignored()
    {
        var trial = WithQueues(new Trial(Fork.Prague)).With(Eip4788.Contract, "fe", nonce: 1).With(Eip2935.Contract, "fe", nonce: 1);

        Assert.IsType<BlockExecution.Executed>(Execute(trial, WithRoots).Execution);
    }

    [Fact]
    public void A_blob_transaction_before_Cancun_is_rejected_by_type()
    {
        var trial = new Trial(Fork.Shanghai);
        var blob = trial.Transaction with { Type = TxType.Blob, BlobHashes = new[] { Hash256.Parse("0x01" + new string('0', 62)) } };
        var (execution, _) = Execute(trial, block => block with { Transactions = [blob] });

        Assert.Equal(new BlockExecution.InvalidTransaction(0, TxRejection.TypeNotSupported), execution);
    }

    /// <summary>Emits the deposit event with zeros as data, once with the contract's layout and once with a wrong offset.</summary>
    [Theory]
    [InlineData(160, true)]
    [InlineData(161, false)]
    public void Deposit_events_must_have_the_contracts_layout(int offset, bool isDeposit)
    {
        int[] words = [offset, 256, 320, 384, 512, 48, 0, 0, 32, 0, 8, 0, 96, 0, 0, 0, 8, 0];
        string code = string.Concat(words.Select((word, i) => $"61{word:x4}61{32 * i:x4}52"))
            + "7f" + Convert.ToHexString(Eip6110.EventTopic.ToArray()) + "6102406000a1";
        var trial = WithQueues(new Trial(Fork.Prague).With(Trial.Contract, code, nonce: 1));
        var (execution, _) = Execute(trial, block => WithRoots(block) with { DepositContract = Trial.Contract });

        if (isDeposit)
        {
            Assert.Equal("00" + new string('0', 2 * 192), Convert.ToHexString(Assert.IsType<BlockExecution.Executed>(execution).Requests[0].Span));
        }
        else
        {
            Assert.Equal(new BlockExecution.MalformedDeposit(0), execution);
        }
    }

    [Fact]
    public void Receipts_hold_a_state_root_before_Byzantium_and_a_status_since()
    {
        var before = Assert.IsType<BlockExecution.Executed>(Execute(new Trial(Fork.SpuriousDragon, "fe"), block => block).Execution);
        var after = Assert.IsType<BlockExecution.Executed>(Execute(new Trial(Fork.Byzantium, "fe"), block => block).Execution);

        Assert.Null(before.ReceiptsRoot);
        Assert.NotNull(after.ReceiptsRoot);
        Assert.False(after.Receipts[0].Succeeded);
    }

    [Fact]
    public void A_transaction_above_the_remaining_block_gas_is_rejected()
    {
        var trial = new Trial(Fork.Osaka).In(block => block with { GasLimit = 1_020_999 });
        var second = trial.Transaction with { Nonce = 1 };
        var (execution, _) = Execute(WithQueues(trial), block => WithRoots(block) with { Transactions = [trial.Transaction, second] });

        Assert.Equal(new BlockExecution.InvalidTransaction(1, TxRejection.GasAboveBlock), execution);
    }

    private static Trial WithQueues(Trial trial) => trial.With(Eip7002.Contract, ReturnsSeven, nonce: 1).With(Eip7251.Contract, ReturnsSeven, nonce: 1);

    private static ExecutableBlock WithRoots(ExecutableBlock block) =>
        block with { ParentBeaconBlockRoot = AddressWord.ToHash(5UL), ParentHash = AddressWord.ToHash(6UL) };

    private static BlockHeader Uncle(ulong number) => new()
    {
        ParentHash = default,
        OmmersHash = default,
        FeeRecipient = Trial.Stranger,
        StateRoot = default,
        TransactionsRoot = default,
        ReceiptsRoot = default,
        LogsBloom = new byte[BlockHeader.BloomBytes],
        Difficulty = default,
        Number = new BlockNumber(number),
        GasLimit = default,
        GasUsed = default,
        TimestampSeconds = 0,
        ExtraData = default,
        MixHash = default,
        PowNonce = 0,
    };

    private static (BlockExecution Execution, WorldState State) Execute(Trial trial, Func<ExecutableBlock, ExecutableBlock> change)
    {
        var state = new WorldState(trial);
        var block = new ExecutableBlock { Env = trial.Block, ParentHash = default, Transactions = [trial.Transaction] };
        return (new BlockExecutor(new EvmExecutor(SenderRecovery.CreateBest())).Execute(change(block), state), state);
    }
}
