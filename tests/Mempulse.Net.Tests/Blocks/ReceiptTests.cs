using System.Text.Json.Nodes;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>Receipts that are late, absent, refused, false or of another block: never a claim, and on record as soon as they are proven.</summary>
public sealed class ReceiptTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proven_receipts_are_recorded_with_their_block_and_their_logs()
    {
        var block = ReceiptedBlock.New().Seal();
        foreach (var receipt in block.Receipts)
        {
            // Words that the root does not cover prove nothing and refute nothing.
            receipt!["gasUsed"] = "0x1";
            receipt["logsBloom"] = "0x" + new string('f', 512);
            receipt["blockHash"] = "0x" + new string('9', 64);
        }

        var events = await FollowAsync(block, [Node(block)], found => Receipts(found).Count > 0);

        var observed = Assert.Single(events.OfType<LogEvent.BlockObserved>());
        Assert.All(observed.Transactions, static (tx, i) => Assert.Equal((OutcomeAt(i), new Gas(21_000 + (ulong)i)), (tx.Outcome, tx.GasUsed)));
        AssertProven(block, events);
    }

    public static TheoryData<string> Faults =>
    [
        "null", "an error", "an empty list", "a list of nulls", "a reverted transaction that succeeded", "a changed log", "a missing receipt", "another block", "malformed", "no status", "silence",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Receipts_that_are_not_there_yet_leave_the_outcome_unknown_and_are_asked_for_again(string fault)
    {
        var block = ReceiptedBlock.New().Seal();
        await using var node = Node(block, receipts: null);
        node.Script = Script(fault, block);

        var events = await FollowAsync(
            block,
            [node],
            found => Receipts(found).Count > 0,
            found =>
            {
                if (Blocks(found).Count > 0 && node.CallsTo("eth_getBlockReceipts") > 2)
                {
                    node.Script = NodeScript.Honest;
                    node.Result = (method, parameters) => block.Answer(method, parameters, block.Receipts);
                }
            });

        var observed = Assert.Single(Blocks(events));
        Assert.All(observed.Transactions, static tx => Assert.Equal((ExecutionOutcome.Unknown, default), (tx.Outcome, tx.GasUsed)));
        AssertProven(block, events);
        Assert.DoesNotContain(events.OfType<LogEvent.SourceLost>(), static lost => lost.Reason != SourceLossReason.Shutdown);
        Assert.Empty(events.OfType<LogEvent.BlockIngestDropped>());
    }

    [Theory]
    [InlineData(-32601, "the method does not exist")]
    [InlineData(-32001, "not whitelisted")]
    [InlineData(-32600, "invalid request")]
    public async Task Where_block_receipts_are_refused_each_transactions_receipt_is_requested(int code, string message)
    {
        var block = ReceiptedBlock.New().Seal();
        await using var node = Node(block);
        node.Script = node.Script.With("eth_getBlockReceipts", new NodeReply.Refusal(code, message));

        AssertProven(block, await FollowAsync(block, [node], found => Receipts(found).Count > 0));
    }

    /// <summary>A node may refuse the hash, or return nothing for it, and yet have the receipts under the number.</summary>
    [Theory]
    [InlineData(ScriptedNode.Unsupported)]
    [InlineData("null")]
    public async Task Receipts_that_a_node_returns_by_number_only_are_found(string byHash)
    {
        var block = ReceiptedBlock.New().Seal();
        await using var node = Node(block);
        node.Result = (method, parameters) => method switch
        {
            "eth_getBlockReceipts" when parameters[0].GetString() == block.Hash.ToString() => byHash,
            "eth_getTransactionReceipt" => ScriptedNode.Unsupported,
            _ => block.Answer(method, parameters, block.Receipts),
        };

        AssertProven(block, await FollowAsync(block, [node], found => Receipts(found).Count > 0));
    }

    [Fact]
    public async Task Another_source_is_asked_for_what_the_first_does_not_have()
    {
        var block = ReceiptedBlock.New().Seal();
        await using var without = Node(block, receipts: null);
        await using var with = Node(block);

        var events = await FollowAsync(block, [without, with], found => Receipts(found).Count > 0);

        AssertProven(block, events);
    }

    [Fact]
    public async Task Receipts_that_no_source_returns_are_a_problem_and_then_a_recorded_drop()
    {
        var block = ReceiptedBlock.New().Seal();
        await using var node = Node(block, receipts: null);
        IReadOnlyList<string> problems = [];

        var events = await FollowAsync(
            block,
            [node],
            found => found.OfType<LogEvent.BlockIngestDropped>().Any(),
            (_, follower) => problems = follower.ReadStatus().Problems is { Count: > 0 } some ? some : problems,
            options => options with { ReceiptAttempts = 8, ReceiptsLateAfter = TimeSpan.Zero });

        var drop = Assert.Single(events.OfType<LogEvent.BlockIngestDropped>());
        Assert.Equal((block.Hash, DropReason.ReceiptsUnavailable), (drop.Block, drop.Reason));
        Assert.Contains("in 8 attempts", drop.Detail, StringComparison.Ordinal);
        Assert.Empty(Receipts(events));
        Assert.Contains($"block {RealBlocks.ByNumber.Keys.Last()} are missing", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_that_the_root_refutes_are_never_recorded_and_their_source_is_named()
    {
        var block = ReceiptedBlock.New().Seal();
        var altered = block.Receipts.DeepClone().AsArray();
        LogLiesTests.Apply("logs in another order", altered);
        await using var node = Node(block, altered);

        var events = await FollowAsync(
            block, [node], found => found.OfType<LogEvent.BlockIngestDropped>().Any(), static (_, _) => { }, options => options with { ReceiptAttempts = 8 });

        Assert.Empty(Receipts(events));
        Assert.EndsWith("node 0: The receipts do not hash to the header's root.", Assert.Single(events.OfType<LogEvent.BlockIngestDropped>()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_logs_the_receipts_are_proven_all_the_same_and_count_them()
    {
        var block = ReceiptedBlock.New().Seal();

        var events = await FollowAsync(
            block, [Node(block)], found => Receipts(found).Count > 0, static (_, _) => { }, options => options with { Logs = BlockLogs.None });

        var proven = Assert.Single(Receipts(events));
        Assert.True(proven.IsVerified);
        Assert.All(proven.Receipts, static (receipt, i) => Assert.Equal((0, ReceiptedBlock.LogsOf(i)), (receipt.Logs.Count, receipt.OmittedLogs)));
        Assert.All(Assert.Single(Blocks(events)).Transactions, static (tx, i) => Assert.Equal(OutcomeAt(i), tx.Outcome));
    }

    [Fact]
    public async Task Receipts_of_a_block_that_left_the_chain_are_not_asked_for_any_more()
    {
        var old = ReceiptedBlock.New().Seal();
        var next = ReceiptedBlock.New("0x01").Seal();
        await using var node = Node(old, receipts: null);

        var events = await FollowAsync(
            old,
            [node],
            found => Receipts(found).Count > 0,
            found =>
            {
                // The old block's receipts are there only once the old block has left the chain.
                bool hasLeft = Blocks(found).Count == 2;
                if (Blocks(found).Count > 0)
                {
                    node.Result = (method, parameters) => next.Answer(
                        method, parameters, !hasLeft ? null : method == "eth_getBlockReceipts" && parameters[0].GetString() == old.Hash.ToString() ? old.Receipts : next.Receipts);
                }
            });

        Assert.Equal([old.Hash, next.Hash], Blocks(events).Select(static block => block.Hash));
        AssertProven(next, events);
    }

    [Fact]
    public async Task After_a_restart_the_blocks_without_receipts_are_asked_for()
    {
        var block = ReceiptedBlock.New().Seal();
        var known = new SeenBlock(new BlockNumber(RealBlocks.ByNumber.Keys.Last()), block.Hash, ReceiptedBlock.Parent.Hash) { LacksReceipts = true };

        var events = await FollowAsync(
            block, [Node(block)], found => Receipts(found).Count > 0, static (_, _) => { }, options => options with { ResumeFrom = [ReceiptedBlock.Parent, known] });

        Assert.Empty(Blocks(events));
        AssertProven(block, events);
    }

    [Theory]
    [InlineData(0x7e, true)] // a deposit of the OP Stack since Canyon: encoded with its two fields
    [InlineData(0x65, false)] // Arbitrum: encoded as Ethereum's
    public async Task Receipts_of_foreign_types_are_verified_where_their_form_is_known(byte type, bool isDeposit)
    {
        var block = ReceiptedBlock.New().WithForeign(3, type);
        if (isDeposit)
        {
            block.Receipts[3]!["depositNonce"] = "0x9";
            block.Receipts[3]!["depositReceiptVersion"] = "0x1";
        }

        AssertProven(block.Seal(), await FollowAsync(block, [Node(block)], found => Receipts(found).Count > 0));
    }

    [Fact]
    public async Task A_claim_that_the_root_cannot_decide_is_recorded_as_unverified()
    {
        var block = ReceiptedBlock.New().WithForeign(3, 0x64).Seal();
        block.Receipts[3]!["cumulativeGasUsed"] = "0x1"; // as if the type had a form of its own

        var events = await FollowAsync(block, [Node(block)], found => Receipts(found).Count > 0);

        Assert.All(Assert.Single(Blocks(events)).Transactions, static tx => Assert.Equal(ExecutionOutcome.Unknown, tx.Outcome));
        var claim = Assert.Single(Receipts(events));
        Assert.False(claim.IsVerified);
        Assert.Equal(block.Receipts.Count, claim.Receipts.Count);
    }

    [Fact]
    public async Task A_claim_that_names_another_block_is_not_recorded()
    {
        var block = ReceiptedBlock.New().WithForeign(3, 0x64).Seal();
        block.Receipts[3]!["cumulativeGasUsed"] = "0x1";
        block.Receipts[0]!["blockHash"] = "0x" + new string('9', 64);
        await using var node = Node(block);

        var events = await FollowAsync(block, [node], found => Blocks(found).Count > 0 && node.CallsTo("eth_getBlockReceipts") > 4);

        Assert.Empty(Receipts(events));
    }

    [Fact]
    public async Task Receipts_before_Byzantium_are_verified_and_have_no_outcome()
    {
        var block = ReceiptedBlock.New();
        foreach (var receipt in block.Receipts)
        {
            receipt!.AsObject().Remove("status");
            receipt["root"] = "0x" + new string('7', 64);
        }

        var events = await FollowAsync(block.Seal(), [Node(block)], found => Receipts(found).Count > 0);

        var proven = Assert.Single(Receipts(events));
        Assert.True(proven.IsVerified);
        Assert.All(proven.Receipts, static receipt => Assert.Equal(ExecutionOutcome.Unknown, receipt.Outcome));
    }

    private static NodeScript Script(string fault, ReceiptedBlock block)
    {
        var altered = block.Receipts.DeepClone().AsArray();
        NodeReply reply = new NodeReply.Result("null");
        switch (fault)
        {
            case "an error":
                reply = new NodeReply.Refusal(-32000, "header not found");
                break;
            case "an empty list":
                altered.Clear();
                break;
            case "a list of nulls":
                reply = new NodeReply.Result("[null,null]");
                break;
            case "a reverted transaction that succeeded":
                altered[1]!["status"] = "0x0";
                break;
            case "a missing receipt":
                altered.RemoveAt(1);
                break;
            case "another block":
                altered = RealBlocks.ByNumber.Values.First()["transactions"]!.AsArray();
                break;
            case "malformed":
                altered[1]!["status"] = "0x7";
                break;
            case "no status":
                foreach (var receipt in altered)
                {
                    receipt!.AsObject().Remove("status");
                }

                break;
            case "silence":
                reply = new NodeReply.Silence();
                break;
            case "a changed log":
                altered[1]!["logs"]![0]!["data"] = "0x03";
                break;
            default:
                break;
        }

        bool isAltered = fault is not ("null" or "an error" or "a list of nulls" or "silence");
        return NodeScript.Honest.With("eth_getBlockReceipts", isAltered ? new NodeReply.Result(altered.ToJsonString()) : reply);
    }

    private static ExecutionOutcome OutcomeAt(int index) => index % 3 == 2 ? ExecutionOutcome.Reverted : ExecutionOutcome.Succeeded;

    /// <summary>Asserts that the log holds exactly the block's receipts, as proven, once.</summary>
    private static void AssertProven(ReceiptedBlock block, IReadOnlyList<LogEvent> events)
    {
        var proven = Assert.Single(Receipts(events));
        Assert.Equal((block.Hash, 0, true), (proven.Block, proven.First, proven.IsVerified));
        Assert.Equal(block.Transactions, proven.Receipts.Select(static receipt => receipt.Tx));
        Assert.All(proven.Receipts, static (receipt, i) =>
        {
            Assert.Equal((OutcomeAt(i), new Gas(21_000 + (ulong)i)), (receipt.Outcome, receipt.GasUsed));
            Assert.Equal(Enumerable.Range(1, ReceiptedBlock.LogsOf(i)), receipt.Logs.Select(static log => log.Topics.Count));
            Assert.All(receipt.Logs, static log => Assert.Equal("0102", Convert.ToHexString(log.Data.Span)));
        });
        Assert.Equal((ReceiptsContinuation.Complete, 0), (proven.Continuation, proven.FirstLog));
    }

    private static List<LogEvent.ReceiptsObserved> Receipts(IEnumerable<LogEvent> events) => [.. events.OfType<LogEvent.ReceiptsObserved>()];

    private static List<LogEvent.BlockObserved> Blocks(IEnumerable<LogEvent> events) => [.. events.OfType<LogEvent.BlockObserved>()];

    private static ScriptedNode Node(ReceiptedBlock block) => Node(block, block.Receipts);

    private static ScriptedNode Node(ReceiptedBlock block, JsonArray? receipts) =>
        new() { Result = (method, parameters) => block.Answer(method, parameters, receipts) };

    private static Task<IReadOnlyList<LogEvent>> FollowAsync(
        ReceiptedBlock block, ScriptedNode[] nodes, Func<IReadOnlyList<LogEvent>, bool> isDone, Action<IReadOnlyList<LogEvent>>? watch = null) =>
        FollowAsync(block, nodes, isDone, (found, _) => watch?.Invoke(found), static options => options);

    private static async Task<IReadOnlyList<LogEvent>> FollowAsync(
        ReceiptedBlock block,
        ScriptedNode[] nodes,
        Func<IReadOnlyList<LogEvent>, bool> isDone,
        Action<IReadOnlyList<LogEvent>, BlockFollower> watch,
        Func<BlockFollowerOptions, BlockFollowerOptions> with)
    {
        Assert.NotEqual(default, block.Hash);
        var sink = new RecordingSink();
        var options = new BlockFollowerOptions
        {
            Chain = new ChainId(1),
            Endpoints = [.. nodes.Select(static (node, i) => RpcEndpoint.Parse($"node {i}", node.Address))],
            ResumeFrom = [ReceiptedBlock.Parent],
            PollInterval = TimeSpan.FromMilliseconds(50),
            ReceiptPatience = nodes[0].Script.Rules.Any(static rule => rule.Reply is NodeReply.Silence) ? TimeSpan.FromMilliseconds(50) : s_long,
            ReceiptRetryDelay = TimeSpan.FromMilliseconds(5),
            MaxReceiptRetryDelay = TimeSpan.FromMilliseconds(20),
            ReceiptAttempts = 10_000,
            Connection = new RpcConnectionOptions
            {
                CallRetries = 0,
                CallTimeout = TimeSpan.FromSeconds(1),
                MinReconnectDelay = TimeSpan.FromMilliseconds(10),
                MaxReconnectDelay = TimeSpan.FromMilliseconds(50),
            },
        };
        await using var follower = new BlockFollower(with(options), sink, TimeProvider.System);
        await follower.StartAsync(Cancelled);
        await Until.TrueAsync(
            () =>
            {
                List<LogEvent> found = [.. sink.Events()];
                watch(found, follower);
                return isDone(found);
            },
            "the receipts");
        await follower.StopAsync(Cancelled);
        foreach (var node in nodes)
        {
            await node.StopAsync();
        }

        return [.. sink.Events()];
    }
}
