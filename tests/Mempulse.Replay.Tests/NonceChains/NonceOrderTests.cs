using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.NonceChains;

public sealed class NonceOrderTests
{
    [Fact]
    public void A_nonce_gap_queues_the_transactions_behind_it_until_it_closes()
    {
        var story = new Scenario().NonceReported("alice", 4).Arrives("a4", "alice", 4).Arrives("a6", "alice", 6).Arrives("a7", "alice", 7).Arrives("a5", "alice", 5);

        Assert.Equal(
            [
                "a4: Seen -> Pending",
                "a6: Seen -> Queued",
                "a7: Seen -> Queued",
                "a5: Seen -> Pending",
                "a6: Queued -> Pending",
                "a7: Queued -> Pending",
            ],
            story.Trace);
    }

    [Fact]
    public void The_account_view_has_next_nonce_ready_end_and_gaps()
    {
        var story = new Scenario().NonceReported("alice", 4).Arrives("a4", "alice", 4).Arrives("a7", "alice", 7).Arrives("a9", "alice", 9);

        Assert.True(story.Engine.Pool.TryGetSender(Named.Account("alice"), out var alice));

        Assert.Equal((new Nonce(4), NonceKnowledge.Reported, new Nonce(5)), (alice.Next!.Value, alice.Knowledge, alice.ReadyEnd));
        Assert.Equal([new NonceGap(new Nonce(5), new Nonce(6)), new NonceGap(new Nonce(8), new Nonce(8))], alice.Gaps);
        Assert.Equal(
            [
                new PoolNonce(new Nonce(4), Named.Tx("a4"), TxState.Pending),
                new PoolNonce(new Nonce(7), Named.Tx("a7"), TxState.Queued),
                new PoolNonce(new Nonce(9), Named.Tx("a9"), TxState.Queued),
            ],
            alice.Nonces);
    }

    [Fact]
    public void An_unknown_next_nonce_is_assumed_to_be_the_lowest_waiting_one()
    {
        var story = new Scenario().Arrives("a8", "alice", 8).Arrives("a5", "alice", 5);

        Assert.Equal(["a8: Seen -> Pending", "a5: Seen -> Pending", "a8: Pending -> Queued"], story.Trace);
        Assert.True(story.Engine.Pool.TryGetSender(Named.Account("alice"), out var alice));
        Assert.Equal((NonceKnowledge.Assumed, new Nonce(5)), (alice.Knowledge, alice.Next!.Value));
    }

    [Fact]
    public void A_node_corrects_an_assumed_nonce_but_not_one_proved_by_the_chain()
    {
        var story = new Scenario().Arrives("a5", "alice", 5).NonceReported("alice", 3);
        Assert.Equal(TxState.Queued, story.StateOf("a5"));

        story.Knows(new ScenarioTx("a4", "alice", 4)).Block("b1", "a4").NonceReported("alice", 9);

        Assert.Equal(TxState.Pending, story.StateOf("a5"));
        Assert.True(story.Engine.Pool.TryGetSender(Named.Account("alice"), out var alice));
        Assert.Equal((NonceKnowledge.Chain, new Nonce(5)), (alice.Knowledge, alice.Next!.Value));
    }

    [Fact]
    public void Two_transactions_with_one_nonce_have_one_holder()
    {
        var story = new Scenario();
        story.Seen("first", "alpha").Decoded(new ScenarioTx("first", "alice", 0), "alpha");
        story.Seen("second", "beta").Decoded(new ScenarioTx("second", "alice", 0), "beta");
        story.Seen("first", "beta").Seen("second", "alpha");

        Assert.Equal(["first: Seen -> Pending", "second: Seen -> Replaced by first for its fee"], story.Trace);
        Assert.Equal((TxState.Pending, TxState.Replaced), (story.StateOf("first"), story.StateOf("second")));
    }

    [Fact]
    public void A_replacement_keeps_its_history()
    {
        var story = new Scenario().Arrives("one", "alice", 0).Arrives("two", "alice", 0, fee: 110, tip: 11).Arrives("three", "alice", 0, fee: 121, tip: 13);

        Assert.Equal(
            [
                "one: Seen -> Pending",
                "one: Pending -> Replaced by two for its fee",
                "two: Seen -> Pending, replaces one",
                "two: Pending -> Replaced by three for its fee",
                "three: Seen -> Pending, replaces two",
            ],
            story.Trace);
        Assert.True(story.Engine.Pool.TryGetTx(Named.Tx("two"), out var two));
        Assert.Equal((Named.Tx("three"), Named.Tx("one")), (two.ReplacedBy, two.Replaces));
    }

    [Theory]
    [InlineData(110, 11, true)]
    [InlineData(109, 11, false)]
    [InlineData(110, 10, false)]
    [InlineData(1_000, 10, false)]
    public void Both_fees_must_rise_by_the_bump(ulong fee, ulong tip, bool outbids)
    {
        var story = new Scenario().Arrives("old", "alice", 0, fee: 100, tip: 10).Arrives("new", "alice", 0, fee, tip);

        Assert.Equal(outbids ? TxState.Replaced : TxState.Pending, story.StateOf("old"));
        Assert.Equal(outbids ? TxState.Pending : TxState.Replaced, story.StateOf("new"));
    }

    [Theory]
    [InlineData(200, 20, 2, true)]
    [InlineData(199, 20, 2, false)]
    [InlineData(200, 19, 2, false)]
    [InlineData(200, 20, 1, false)]
    public void A_blob_transaction_is_replaced_at_twice_all_its_fees(ulong fee, ulong tip, ulong blobFee, bool outbids)
    {
        var story = new Scenario()
            .Decoded(new ScenarioTx("old", "alice", 0) { Type = TxType.Blob, BlobFee = 1 })
            .Decoded(new ScenarioTx("new", "alice", 0) { Type = TxType.Blob, Fee = fee, Tip = tip, BlobFee = blobFee });

        Assert.Equal(outbids ? TxState.Pending : TxState.Replaced, story.StateOf("new"));
    }

    [Fact]
    public void A_body_without_a_sighting_also_begins_a_life()
    {
        var story = new Scenario().Decoded(new ScenarioTx("a", "alice", 0)).Seen("a");

        Assert.Equal(["a: Unknown -> Pending"], story.Trace);
    }

    [Fact]
    public void A_second_body_changes_nothing()
    {
        var story = new Scenario().Decoded(new ScenarioTx("a", "alice", 0) { Fee = 100 });
        var before = story.Engine.Pool.TryGetTx(Named.Tx("a"), out var a) ? a : null;
        story.TakeTrace();

        story.Decoded(new ScenarioTx("a", "alice", 0) { Fee = 900 });

        Assert.Empty(story.TakeTrace());
        Assert.Equal(before, story.Engine.Pool.TryGetTx(Named.Tx("a"), out a) ? a : null);
    }

    /// <summary>EIP-2681: no nonce can follow it, so it is never used and its holder stays queued.</summary>
    [Fact]
    public void The_last_nonce_is_never_ready()
    {
        var story = new Scenario().NonceReported("alice", ulong.MaxValue - 1).Arrives("last", "alice", ulong.MaxValue).Arrives("before", "alice", ulong.MaxValue - 1);

        Assert.Equal(["last: Seen -> Queued", "before: Seen -> Pending"], story.Trace);
        Assert.Equal(TxState.Queued, story.StateOf("last"));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_nonce_used_by_the_chain_accepts_no_transaction()
    {
        var story = new Scenario().Arrives("a", "alice", 0).Knows(new ScenarioTx("b", "bob", 7)).Block("b1", "a", "b");
        story.TakeTrace();

        story.Arrives("rival", "alice", 0, fee: 1_000, tip: 1_000).Arrives("stale", "bob", 3);

        Assert.Equal(["rival: Seen -> Replaced by a in a block", "stale: Seen -> Replaced by an unknown transaction in a block"], story.TakeTrace());
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void An_account_holds_a_bounded_number_of_nonces()
    {
        var story = new Scenario().NonceReported("alice", 0);
        for (ulong nonce = 0; nonce <= 16_384; nonce++)
        {
            story.Decoded(new ScenarioTx($"a{nonce}", "alice", nonce));
        }

        Assert.Equal(TxState.Pending, story.StateOf("a16383"));
        Assert.Equal("a16384: Unknown -> Expired after 0 s", story.Trace[^1]);
        story.Engine.AssertInvariants();
    }
}
