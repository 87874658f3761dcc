using System.Text.Json;
using Mempulse.ChainState.Tests.Lies;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Testing.Nodes;

namespace Mempulse.ChainState.Tests;

/// <summary>What one fetch does: how often it asks, what it keeps, what it takes from nodes without proofs, how far back BLOCKHASH reaches.</summary>
public sealed class FetchTests
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(77_777);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    public async Task A_proof_is_asked_for_three_times_with_growing_pauses(int failures, int calls)
    {
        var time = new RecordingTime(s_pause);
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        node.Script = new NodeScript { Rules = [new NodeRule("eth_getProof", new NodeReply.Refusal(-32603, "Internal error")) { LastCall = failures }] };
        await using var provider = Connect(node, new RpcStateOptions { RetryDelay = s_pause }, time);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        var outcome = await block.FetchAsync(new StateGap.OfSlot(Lie.Contract, 7), Stop);

        Assert.Equal(failures < 3 ? null : new SimOutcome.StateMissing(new StateGap.OfSlot(Lie.Contract, 7)), outcome);
        Assert.Equal(calls, node.CallsTo("eth_getProof"));
        Assert.Equal(Enumerable.Range(1, calls - 1).Select(ask => s_pause * ask), time.Pauses);
        Assert.Equal(StateTrust.Verified, block.Trust);
        Assert.Null(await block.FetchAsync(new StateGap.OfSlot(Lie.Contract, 7), Stop)); // the node has recovered
        Assert.Equal((ReadOutcome.Found, (UInt256)700), (block.Reader.ReadStorage(Lie.Contract, 7, out var value), value));
    }

    [Fact]
    public async Task Only_what_failed_is_asked_for_again()
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        node.Script = new NodeScript { Rules = [new NodeRule("eth_getProof", new NodeReply.Refusal(-32603, "Internal error")) { LastCall = 2 }] };
        await using var provider = Connect(node, new RpcStateOptions { RetryDelay = TimeSpan.Zero });
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        await block.PrefetchAsync(Lie.Request(), Stop); // the coinbase, the recipient and the sender: three calls, of which two fail

        Assert.Equal(3 + 2, node.CallsTo("eth_getProof"));
        foreach (var account in (Address[])[Lie.Coinbase, Lie.Contract, Lie.Sender.Account])
        {
            Assert.NotEqual(ReadOutcome.Missing, block.Reader.ReadAccount(account, out _));
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(255, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public async Task A_block_hash_is_found_up_to_the_reach_of_BLOCKHASH(int distance, bool isFound)
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        await using var provider = Connect(node, new RpcStateOptions());
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);
        ulong wanted = (ulong)(MadeWorld.Blocks - 1 - distance);

        var outcome = await block.FetchAsync(new StateGap.OfBlockHash(wanted), Stop);

        Assert.Equal(isFound ? null : new SimOutcome.StateMissing(new StateGap.OfBlockHash(wanted)), outcome);
        Assert.Equal(isFound ? ReadOutcome.Found : ReadOutcome.Missing, block.Reader.ReadBlockHash(wanted, out var hash));
        Assert.Equal(isFound ? Lie.True.At((int)wanted).ComputeHash() : default, hash);
    }

    [Fact]
    public async Task A_block_hash_above_the_base_block_is_missing_and_costs_no_call()
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        await using var provider = Connect(node, new RpcStateOptions());
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        Assert.IsType<SimOutcome.StateMissing>(await block.FetchAsync(new StateGap.OfBlockHash(MadeWorld.Blocks), Stop));
        Assert.Equal(1, node.CallsTo("eth_getBlockByHash"));
    }

    [Fact]
    public async Task Ancestors_before_a_lie_are_kept_and_those_after_it_are_not()
    {
        var lie = Lie.All["an ancestor of a fork"];
        await using var node = new ScriptedNode { Result = (method, parameters) => lie.Answer(method, parameters) ?? Lie.True.Answer(method, parameters) };
        await using var provider = Connect(node, new RpcStateOptions());
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        await block.FetchAsync(new StateGap.OfBlockHash(290), Stop);

        Assert.Equal((ReadOutcome.Found, Lie.True.At(297).ComputeHash()), (block.Reader.ReadBlockHash(297, out var known), known));
        Assert.Equal(ReadOutcome.Missing, block.Reader.ReadBlockHash(296, out _));
    }

    [Fact]
    public async Task Of_a_refused_account_nothing_is_kept()
    {
        foreach (string name in (string[])["a slot of another state", "code of another contract"])
        {
            var lie = Lie.All[name];
            await using var node = new ScriptedNode { Result = (method, parameters) => lie.Answer(method, parameters) ?? Lie.True.Answer(method, parameters) };
            await using var provider = Connect(node, new RpcStateOptions());
            var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

            Assert.IsType<SimOutcome.StateMismatch>(await block.FetchAsync(new StateGap.OfSlot(Lie.Contract, 7), Stop));

            Assert.Equal(ReadOutcome.Missing, block.Reader.ReadStorage(Lie.Contract, 7, out _));
            Assert.Equal(ReadOutcome.Missing, block.Reader.ReadAccount(Lie.Contract, out _));
            Assert.Equal(ReadOutcome.Missing, block.Reader.ReadCode(Lie.Contract, ContractCode.Of(Lie.True.State.CodeOf(Lie.Library)).Hash, out _));
        }
    }

    [Fact]
    public async Task A_proven_account_has_the_fields_of_its_leaf()
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        await using var provider = Connect(node, new RpcStateOptions());
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);
        foreach (var address in (Address[])[Lie.Contract, Lie.Library, Lie.Rich, Lie.Absent])
        {
            Assert.Null(await block.FetchAsync(new StateGap.OfAccount(address), Stop));
        }

        Assert.Equal((ReadOutcome.Found, new AccountRecord(1, 1, HashOf(Lie.Contract), HasStorage: true)), (block.Reader.ReadAccount(Lie.Contract, out var contract), contract));
        Assert.Equal((ReadOutcome.Found, new AccountRecord(0, 1, HashOf(Lie.Library), HasStorage: false)), (block.Reader.ReadAccount(Lie.Library, out var library), library));
        Assert.Equal((ReadOutcome.Found, new AccountRecord(5_000, 3, Keccak256.OfNothing, HasStorage: false)), (block.Reader.ReadAccount(Lie.Rich, out var rich), rich));
        Assert.Equal((ReadOutcome.Absent, default(AccountRecord)), (block.Reader.ReadAccount(Lie.Absent, out var absent), absent));
    }

    [Fact]
    public async Task Without_proofs_accounts_slots_and_code_are_taken_unverified()
    {
        await using var node = new ScriptedNode { Result = Unproven };
        await using var provider = Connect(node, new RpcStateOptions());
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);
        Assert.Equal(StateTrust.Verified, block.Trust);

        foreach (var address in (Address[])[Lie.Contract, Lie.Rich, Lie.Absent])
        {
            Assert.Null(await block.FetchAsync(new StateGap.OfAccount(address), Stop));
        }

        Assert.Null(await block.FetchAsync(new StateGap.OfSlot(Lie.Contract, 8), Stop));
        Assert.Equal(StateTrust.Unverified, block.Trust);
        Assert.Equal((ReadOutcome.Found, new AccountRecord(1, 1, HashOf(Lie.Contract), HasStorage: true)), (block.Reader.ReadAccount(Lie.Contract, out var contract), contract));
        Assert.Equal((ReadOutcome.Found, new AccountRecord(5_000, 3, Keccak256.OfNothing, HasStorage: false)), (block.Reader.ReadAccount(Lie.Rich, out var rich), rich));
        Assert.Equal(ReadOutcome.Absent, block.Reader.ReadAccount(Lie.Absent, out _));
        Assert.Equal((ReadOutcome.Found, (UInt256)2_100), (block.Reader.ReadStorage(Lie.Contract, 8, out var value), value));
        Assert.Equal(ReadOutcome.Found, block.Reader.ReadCode(Lie.Contract, HashOf(Lie.Contract), out _));
        Assert.Equal(1, node.CallsTo("eth_getProof")); // once refused, proofs are not asked for again
    }

    [Theory]
    [InlineData("eth_getBalance", "0x1", "0x0", "0x")]
    [InlineData("eth_getTransactionCount", "0x0", "0x1", "0x")]
    [InlineData("eth_getCode", "0x0", "0x0", "0x00")]
    public async Task An_unproven_account_exists_if_it_has_a_balance_a_nonce_or_code(string method, string balance, string nonce, string code)
    {
        await using var node = new ScriptedNode
        {
            Result = (asked, parameters) => asked switch
            {
                "eth_getBalance" => MadeWorld.Quote(balance),
                "eth_getTransactionCount" => MadeWorld.Quote(nonce),
                "eth_getCode" => MadeWorld.Quote(code),
                _ => Unproven(asked, parameters),
            },
        };
        await using var provider = Connect(node, new RpcStateOptions());
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        Assert.Null(await block.FetchAsync(new StateGap.OfAccount(Lie.Absent), Stop));

        Assert.Equal(ReadOutcome.Found, block.Reader.ReadAccount(Lie.Absent, out _));
        Assert.True(node.CallsTo(method) > 0);
    }

    [Theory]
    [InlineData("eth_getBalance", "null")]
    [InlineData("eth_getBalance", "12")]
    [InlineData("eth_getTransactionCount", "null")]
    [InlineData("eth_getTransactionCount", "\"0x10000000000000000\"")] // beyond 64 bits
    [InlineData("eth_getCode", "null")]
    [InlineData("eth_getCode", "\"0x6\"")]
    [InlineData("eth_getStorageAt", "null")]
    public async Task An_unproven_value_that_the_node_does_not_give_is_a_gap_that_names_it(string lacking, string answer)
    {
        await using var node = new ScriptedNode { Result = (method, parameters) => method == lacking ? answer : Unproven(method, parameters) };
        await using var provider = Connect(node, new RpcStateOptions());
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        var outcome = await block.FetchAsync(new StateGap.OfSlot(Lie.Contract, 7), Stop);

        StateGap gap = lacking == "eth_getStorageAt" ? new StateGap.OfSlot(Lie.Contract, 7) : new StateGap.OfAccount(Lie.Contract);
        Assert.Equal(new SimOutcome.StateMissing(gap), outcome);
        Assert.Equal(ReadOutcome.Missing, block.Reader.ReadAccount(Lie.Contract, out _));
    }

    [Fact]
    public async Task With_only_proven_state_accepted_an_unproven_one_is_not_even_fetched()
    {
        await using var node = new ScriptedNode { Result = Unproven };
        await using var provider = Connect(node, new RpcStateOptions { LeastTrust = StateTrust.Verified });
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        var outcome = await block.FetchAsync(new StateGap.OfAccount(Lie.Rich), Stop);

        Assert.Equal(new SimOutcome.StateMissing(new StateGap.OfAccount(Lie.Rich)) { Cause = GapCause.NotProven }, outcome);
        Assert.Equal((StateTrust.Verified, 0), (block.Trust, node.CallsTo("eth_getBalance")));
        Assert.Equal(ReadOutcome.Missing, block.Reader.ReadAccount(Lie.Rich, out _));
    }

    [Fact]
    public async Task Code_that_the_node_does_not_give_is_a_gap_that_names_it()
    {
        await using var node = new ScriptedNode { Result = static (method, parameters) => method == "eth_getCode" ? "null" : Lie.True.Answer(method, parameters) };
        await using var provider = Connect(node, new RpcStateOptions());
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);
        var gap = new StateGap.OfCode(Lie.Library, HashOf(Lie.Library));

        Assert.Equal(new SimOutcome.StateMissing(gap), await block.FetchAsync(gap, Stop));
        node.Result = Lie.True.Answer;
        Assert.Null(await block.FetchAsync(gap, Stop));
        Assert.Equal(ReadOutcome.Found, block.Reader.ReadCode(Lie.Library, HashOf(Lie.Library), out _));
    }

    [Fact]
    public async Task A_node_that_disconnects_leaves_the_gap()
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer, Script = NodeScript.Honest.With("eth_getProof", new NodeReply.Cut()) };
        await using var provider = Connect(node, new RpcStateOptions());
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        Assert.Equal(new SimOutcome.StateMissing(new StateGap.OfAccount(Lie.Rich)), await block.FetchAsync(new StateGap.OfAccount(Lie.Rich), Stop));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Predicted_slots_of_an_account_that_is_known_already_are_fetched(bool isProven)
    {
        string list = $$"""{"accessList":[{"address":"{{Lie.Contract}}","storageKeys":["{{RpcParameters.Word(7)}}","{{RpcParameters.Word(8)}}"]}]}""";
        await using var node = new ScriptedNode
        {
            Result = (method, parameters) => method == "eth_createAccessList" ? list : isProven ? Lie.True.Answer(method, parameters) : Unproven(method, parameters),
        };
        await using var provider = Connect(node, new RpcStateOptions());
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);
        Assert.Null(await block.FetchAsync(new StateGap.OfAccount(Lie.Contract), Stop));

        await block.PrefetchAsync(Lie.Request(), Stop);

        Assert.Equal((ReadOutcome.Found, (UInt256)700), (block.Reader.ReadStorage(Lie.Contract, 7, out var seven), seven));
        Assert.Equal((ReadOutcome.Found, (UInt256)2_100), (block.Reader.ReadStorage(Lie.Contract, 8, out var eight), eight));
    }

    [Theory]
    [InlineData("0xc0")] // a list without fields
    [InlineData("0x07")] // a slot's value
    [InlineData("0xc3010203")] // three fields
    public async Task A_proven_leaf_that_is_not_an_account_proves_nothing(string leaf)
    {
        var world = new MadeWorld(new MadeState().PutLeaf(Lie.Rich, Convert.FromHexString(leaf[2..])).Put(Lie.Other, 7), branch: 3);
        await using var node = new ScriptedNode { Result = world.Answer };
        await using var provider = Connect(node, new RpcStateOptions());
        var block = await provider.AtAsync(world.HeadHash, Stop);

        var outcome = await block.FetchAsync(new StateGap.OfAccount(Lie.Rich), Stop);

        Assert.Equal(new SimOutcome.StateMismatch(Lie.Rich, null, "The account's proof does not lead from the state root to the account."), outcome);
        Assert.Equal(ReadOutcome.Missing, block.Reader.ReadAccount(Lie.Rich, out _));
    }

    /// <summary>The true chain, from a node without proofs.</summary>
    private static string? Unproven(string method, JsonElement parameters) => method == "eth_getProof" ? ScriptedNode.Unsupported : Lie.True.Answer(method, parameters);

    private static Hash256 HashOf(Address address) => ContractCode.Of(Lie.True.State.CodeOf(address)).Hash;

    private static RpcStateProvider Connect(ScriptedNode node, RpcStateOptions options, TimeProvider? time = null) => new(
        [RpcEndpoint.Parse("node", node.HttpAddress)],
        new RpcConnectionOptions { CallRetries = 0 },
        options,
        SenderRecovery.CreateBest(),
        new StateMeter(UnhostedMeters.Shared, new ChainId(1)),
        time ?? TimeProvider.System);
}
