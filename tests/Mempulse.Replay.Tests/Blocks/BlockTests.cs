using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Blocks;

public sealed class BlockTests
{
    [Fact]
    public void An_unannounced_transaction_is_known_from_its_block_and_reopened_by_a_reorg()
    {
        var story = new Scenario().Block("base").Knows(new ScenarioTx("hidden", "alice", 3)).Block("b1", "hidden").Reorg("base");

        Assert.Equal(["hidden: Unknown -> Included in b1 at 0", "hidden: Included in b1 -> Pending"], story.Trace);

        story.TakeTrace();
        story.Seen("hidden").Decoded(new ScenarioTx("hidden", "alice", 3) { Fee = 70 });
        Assert.Empty(story.TakeTrace());
        Assert.True(story.Engine.Pool.TryGetTx(Named.Tx("hidden"), out var hidden));
        Assert.Equal(new Wei(70), hidden.Body!.MaxFeePerGas);
    }

    [Fact]
    public void A_block_decides_a_contested_nonce_and_brings_back_the_transaction_it_includes()
    {
        var story = new Scenario().Arrives("cheap", "alice", 0).Arrives("dear", "alice", 0, fee: 500, tip: 50);
        story.TakeTrace();

        story.Block("b1", "cheap");

        Assert.Equal(["cheap: Replaced -> Included in b1 at 0", "dear: Pending -> Replaced by cheap in a block"], story.TakeTrace());
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_block_that_skips_nonces_replaces_the_transactions_waiting_on_them()
    {
        var story = new Scenario().Arrives("a0", "alice", 0).Arrives("a1", "alice", 1).Knows(new ScenarioTx("a5", "alice", 5)).Arrives("a6", "alice", 6);
        story.TakeTrace();

        story.Block("b1", "a5");

        Assert.Equal(
            [
                "a5: Unknown -> Included in b1 at 0",
                "a0: Pending -> Replaced by an unknown transaction in a block",
                "a1: Pending -> Replaced by an unknown transaction in a block",
                "a6: Queued -> Pending",
            ],
            story.TakeTrace());
    }

    [Fact]
    public void A_repeated_block_changes_nothing()
    {
        var story = new Scenario().Block("base").Arrives("a", "alice", 0).Block("b1", "a");
        var before = story.Engine.Snapshot();
        story.TakeTrace();

        story.BlockTimeSeconds -= 12;
        story.BlockOn("base", "b1", "a");

        Assert.Empty(story.TakeTrace());
        Assert.Equal(before.Standings, story.Engine.Snapshot().Standings);
        Assert.Equal(before.Head, story.Engine.Snapshot().Head);
    }

    [Fact]
    public void A_block_on_an_older_parent_undoes_the_blocks_above_it_without_a_reorg_event()
    {
        var story = new Scenario().Block("base").Arrives("a", "alice", 0).Block("b1", "a").Block("b2");
        story.TakeTrace();

        story.BlockOn("base", "c1").BlockOn("c1", "c2", "a");

        Assert.Equal(["a: Included in b1 -> Pending", "a: Pending -> Included in c2 at 0"], story.TakeTrace());
        Assert.Equal(Named.Block("c2"), story.Engine.Pool.Head!.Value.Hash);
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_block_with_an_unknown_parent_is_a_gap_after_which_a_node_may_correct_nonces()
    {
        var story = new Scenario().Arrives("a0", "alice", 0).Arrives("a4", "alice", 4).Block("base", "a0");
        Assert.Equal(TxState.Queued, story.StateOf("a4"));

        story.Fact(new LogEvent.ChainGap(new BlockNumber(101), new BlockNumber(103), "the node was away"));
        story.Fact(BlockAt(104, "far", parent: "unseen")).NonceReported("alice", 4);

        Assert.Equal(TxState.Pending, story.StateOf("a4"));
        Assert.Equal(104ul, story.Engine.Pool.Head!.Value.Number.Value);
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_block_of_a_contradicting_height_never_throws()
    {
        var story = new Scenario().Block("base").Arrives("a", "alice", 0).Block("b1", "a");

        story.Fact(BlockAt(3, "low", parent: "b1")).Fact(BlockAt(ulong.MaxValue, "high", parent: "low")).Fact(BlockAt(0, "zero", parent: "high"));

        story.Engine.AssertInvariants();
    }

    [Fact]
    public void Authorisations_advance_the_nonces_of_accounts_that_sent_nothing()
    {
        var story = new Scenario().Block("base").NonceReported("gina", 7).Arrives("g7", "gina", 7).Arrives("g8", "gina", 8)
            .Decoded(new ScenarioTx("carrier", "erin", 0) { Type = TxType.SetCode, Authorizes = [("gina", 7), ("henry", 3)] });
        story.TakeTrace();

        story.Block("b1", "carrier");

        Assert.Equal(["carrier: Pending -> Included in b1 at 0", "g7: Pending -> Replaced by carrier in a block"], story.TakeTrace());
        Assert.Equal(TxState.Pending, story.StateOf("g8"));
        Assert.Equal(8ul, NextOf(story, "gina"));
        Assert.Equal(4ul, NextOf(story, "henry"));

        story.Reorg("base");
        Assert.Equal(7ul, NextOf(story, "gina"));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_sender_that_authorises_itself_uses_its_own_nonce_first()
    {
        var story = new Scenario().NonceReported("erin", 5)
            .Decoded(new ScenarioTx("carrier", "erin", 5) { Type = TxType.SetCode, Authorizes = [("erin", 6), ("erin", 99)] })
            .Block("b1", "carrier");

        Assert.Equal(7ul, NextOf(story, "erin"));
    }

    [Fact]
    public void A_nonce_reported_by_a_node_takes_precedence_over_tuples()
    {
        var story = new Scenario().Knows(new ScenarioTx("carrier", "erin", 0) { Type = TxType.SetCode, Authorizes = [("gina", 7)] });

        story.BlockOn(null, "b1", [new AccountNonce(Named.Account("gina"), new Nonce(12))], "carrier");

        Assert.Equal(12ul, NextOf(story, "gina"));
    }

    /// <summary>The node's report says which nonces are used; the tuple with such a nonce says by which transaction.</summary>
    [Fact]
    public void What_waits_below_a_reported_nonce_is_replaced_by_the_transaction_whose_tuple_has_its_nonce()
    {
        var story = new Scenario().Block("base").NonceReported("gina", 6).Arrives("g6", "gina", 6).Arrives("g7", "gina", 7).Arrives("g8", "gina", 8)
            .Knows(new ScenarioTx("first", "dora", 0) { Type = TxType.SetCode, Authorizes = [("henry", 7), ("gina", 99)] })
            .Knows(new ScenarioTx("carrier", "erin", 0) { Type = TxType.SetCode, Authorizes = [("gina", 7)] });
        story.TakeTrace();

        story.BlockOn("base", "b1", [new AccountNonce(Named.Account("gina"), new Nonce(8))], "first", "carrier");

        Assert.Equal(
            [
                "first: Unknown -> Included in b1 at 0",
                "carrier: Unknown -> Included in b1 at 1",
                "g6: Pending -> Replaced by an unknown transaction in a block",
                "g7: Pending -> Replaced by carrier in a block",
            ],
            story.TakeTrace());
        Assert.Equal(TxState.Pending, story.StateOf("g8"));
    }

    [Fact]
    public void The_last_nonce_that_a_block_uses_stays_the_next_one()
    {
        var story = new Scenario().Knows(new ScenarioTx("last", "alice", ulong.MaxValue)).Block("b1", "last");

        Assert.Equal(ulong.MaxValue, NextOf(story, "alice"));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_block_that_names_a_transaction_confirmed_in_another_changes_nothing_of_it()
    {
        var story = new Scenario(Stories.Short).Arrives("a", "alice", 0).Block("b1", "a").EmptyBlocks(4);
        Assert.True(story.Engine.Pool.TryGetTx(Named.Tx("a"), out var confirmed));
        story.TakeTrace();

        story.Block("again", "a");

        Assert.Empty(story.TakeTrace());
        Assert.True(story.Engine.Pool.TryGetTx(Named.Tx("a"), out var after));
        Assert.Equal(confirmed, after);
    }

    [Fact]
    public void A_tuple_that_contradicts_the_report_of_a_node_uses_no_nonce()
    {
        var story = new Scenario().Block("base").NonceReported("gina", 5).Arrives("g6", "gina", 6)
            .Knows(new ScenarioTx("carrier", "erin", 0) { Type = TxType.SetCode, Authorizes = [("gina", 7)] });
        story.TakeTrace();

        story.BlockOn("base", "b1", [new AccountNonce(Named.Account("gina"), new Nonce(5))], "carrier");

        Assert.Equal(["carrier: Unknown -> Included in b1 at 0"], story.TakeTrace());
        Assert.Equal((5ul, TxState.Queued), (NextOf(story, "gina"), story.StateOf("g6")));
    }

    [Fact]
    public void A_tuple_counts_on_its_chain_and_on_every_chain_and_on_no_other()
    {
        Authorization TupleOf(string account, ulong chain) => new(new ChainId(chain), Named.Account(account), default, new Nonce(7));
        var carrier = new BlockTx(
            Named.Tx("carrier"), Named.Account("erin"), new Nonce(0), ExecutionOutcome.Succeeded, default, new[] { TupleOf("here", Scenario.Chain.Value), TupleOf("every", 0), TupleOf("other", 5) });

        var story = new Scenario().NonceReported("here", 7).NonceReported("every", 7).NonceReported("other", 7)
            .Fact(BlockAt(100, "b1", "unseen") with { Transactions = [carrier] });

        Assert.Equal((8ul, 8ul, 7ul), (NextOf(story, "here"), NextOf(story, "every"), NextOf(story, "other")));
    }

    [Fact]
    public void A_block_that_states_a_height_far_above_its_parent_still_undoes_what_is_above_that_parent()
    {
        var story = new Scenario().Block("base").Arrives("a", "alice", 0).Block("b1", "a").Block("b2");

        story.Fact(BlockAt(110, "far", "base"));

        Assert.Equal(TxState.Pending, story.StateOf("a"));
        Assert.Equal([Named.Block("base"), Named.Block("far")], story.Engine.Pool.CanonicalBlocks().Select(static block => block.Hash));
    }

    internal static LogEvent.BlockObserved BlockAt(ulong number, string name, string parent) => new()
    {
        Hash = Named.Block(name),
        Number = new BlockNumber(number),
        ParentHash = Named.Block(parent),
        TimestampSeconds = 1_700_001_000,
        BaseFeePerGas = default,
        GasUsed = default,
        GasLimit = default,
        FeeRecipient = default,
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions = [],
        AuthorityNonces = [],
    };

    private static ulong NextOf(Scenario story, string account)
    {
        Assert.True(story.Engine.Pool.TryGetSender(Named.Account(account), out var view));
        return view.Next!.Value.Value;
    }
}
