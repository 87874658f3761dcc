using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Lifecycle;

/// <summary>The view of a transaction and of an account in every part, as its life goes on.</summary>
public sealed class MempoolViewTests
{
    private static readonly string[] s_names = ["a", "b", "c", "d"];

    [Fact]
    public void A_transaction_shows_what_is_known_of_it_and_no_more()
    {
        var story = new Scenario(Stories.Short).Block("base").Seen("a");
        var seen = new PoolTx
        {
            Hash = Named.Tx("a"),
            State = TxState.Seen,
            FirstAt = new UnixNanoseconds(1_700_000_003_000_000_000),
            Sender = null,
            Nonce = null,
            Body = null,
            Inclusion = null,
            ReplacedBy = null,
            Replaces = null,
        };
        Assert.Equal(seen, View(story, "a"));

        story.Decoded(new ScenarioTx("a", "alice", 4) { Type = TxType.Blob, Fee = 100, Tip = 10, BlobFee = 5, Authorizes = [("bob", 1), ("carol", 2)] });
        var body = new PoolTxBody(TxType.Blob, new Wei(100), new Wei(10), new Wei(5), BlobCount: 1, AuthorizationCount: 2);
        var pending = seen with { State = TxState.Pending, Sender = Named.Account("alice"), Nonce = new Nonce(4), Body = body };
        Assert.Equal(pending, View(story, "a"));

        story.Decoded(new ScenarioTx("b", "alice", 4) { Type = TxType.Blob, Fee = 200, Tip = 20, BlobFee = 10 });
        Assert.Equal(pending with { State = TxState.Replaced, ReplacedBy = Named.Tx("b") }, View(story, "a"));
        Assert.Equal((Named.Tx("a"), null), (View(story, "b").Replaces, View(story, "b").ReplacedBy));

        story.Knows(new ScenarioTx("other", "dora", 0)).Block("b1", "other", "a");
        var included = pending with { State = TxState.Included, Inclusion = new PoolInclusion(Named.Block("b1"), new BlockNumber(101), 1, ExecutionOutcome.Succeeded) };
        Assert.Equal(included, View(story, "a"));
        Assert.Equal((Named.Tx("a"), TxState.Replaced), (View(story, "b").ReplacedBy, View(story, "b").State));

        story.EmptyBlocks(4);
        Assert.Equal(included with { State = TxState.Confirmed }, View(story, "a"));
        story.BeginAnew("genesis");
        Assert.Equal(included with { State = TxState.Confirmed, Inclusion = included.Inclusion! with { IsAbandoned = true } }, View(story, "a"));
        Assert.False(story.Engine.Pool.TryGetTx(Named.Tx("unseen"), out _));
    }

    [Fact]
    public void What_runs_between_a_block_and_a_transaction_waits_or_is_in_a_later_block()
    {
        var story = new Scenario(Stories.Short).Block("base").Arrives("a", "alice", 4).Arrives("b", "alice", 5).Arrives("c", "alice", 6).Arrives("d", "alice", 7).Arrives("other", "bob", 3);
        Assert.Equal(["a", "b"], Before(story, "c", 99));
        Assert.Equal(["c", "d"], Behind(story, "b"));

        story.Block("b1", "a").Block("b2", "b");

        Assert.Equal(["a", "b", "c"], Before(story, "d", 100));
        Assert.Equal(["b", "c"], Before(story, "d", 101));
        Assert.Equal(["c"], Before(story, "d", 102));
        Assert.Equal(["c", "d"], Behind(story, "a"));
        Assert.Equal(["d"], Behind(story, "c"));
        Assert.Empty(Before(story, "unknown", 0));
        Assert.Empty(Behind(story, "unknown"));
    }

    [Fact]
    public void Of_more_than_fit_the_last_ones_before_and_the_first_ones_behind_are_found()
    {
        var story = new Scenario(Stories.Short).Block("base").Arrives("a", "alice", 4).Arrives("b", "alice", 5).Arrives("c", "alice", 6).Arrives("d", "alice", 7).Arrives("e", "alice", 8);
        var found = new Hash256[2];

        Assert.Equal(3, story.Engine.Pool.RunsBefore(Named.Tx("e"), new BlockNumber(99), found));
        Assert.Equal([Named.Tx("c"), Named.Tx("d")], found);
        Assert.Equal(2, story.Engine.Pool.WaitsBehind(Named.Tx("a"), found));
        Assert.Equal([Named.Tx("b"), Named.Tx("c")], found);
    }

    private static IEnumerable<string> Before(Scenario story, string tx, ulong state)
    {
        var found = new Hash256[8];
        return NamesOf(found[..story.Engine.Pool.RunsBefore(Named.Tx(tx), new BlockNumber(state), found)]);
    }

    private static IEnumerable<string> Behind(Scenario story, string tx)
    {
        var found = new Hash256[8];
        return NamesOf(found[..story.Engine.Pool.WaitsBehind(Named.Tx(tx), found)]);
    }

    private static IEnumerable<string> NamesOf(Hash256[] txs) => txs.Select(static tx => s_names.Single(name => Named.Tx(name) == tx));

    [Fact]
    public void A_claim_is_an_unverified_outcome()
    {
        var story = new Scenario { Outcome = ExecutionOutcome.Unknown }.Block("base").Arrives("a", "alice", 0).Block("b1", "a")
            .Receipts("b1", 0, isVerified: false, ("a", ExecutionOutcome.Reverted));

        Assert.Equal(new PoolInclusion(Named.Block("b1"), new BlockNumber(101), 0, ExecutionOutcome.Reverted, IsUnverified: true), View(story, "a").Inclusion);
    }

    [Fact]
    public void The_gaps_of_an_account_lie_between_the_first_nonce_that_is_not_ready_and_the_last_one_held()
    {
        var story = new Scenario().Arrives("a4", "alice", 4).Block("b1", "a4").Arrives("a5", "alice", 5).Arrives("a7", "alice", 7).Arrives("a8", "alice", 8)
            .Arrives("last", "alice", ulong.MaxValue);

        var account = ViewOf(story, "alice");

        Assert.Equal((Named.Account("alice"), new Nonce(5), NonceKnowledge.Chain, new Nonce(6), 5), (account.Address, account.Next, account.Knowledge, account.ReadyEnd, account.NonceCount));
        Assert.Equal([new NonceGap(new Nonce(6), new Nonce(6)), new NonceGap(new Nonce(9), new Nonce(ulong.MaxValue - 1))], account.Gaps);
        Assert.Equal([4, 5, 7, 8, ulong.MaxValue], account.Nonces.Select(static nonce => nonce.Nonce.Value));
        Assert.Equal([TxState.Included, TxState.Pending, TxState.Queued, TxState.Queued, TxState.Queued], account.Nonces.Select(static nonce => nonce.State));
        Assert.False(story.Engine.Pool.TryGetSender(Named.Account("bob"), out _));
    }

    [Fact]
    public void After_a_gap_in_the_chain_its_nonces_count_as_reported()
    {
        var story = new Scenario().Arrives("a4", "alice", 4).Block("b1", "a4");
        Assert.Equal(NonceKnowledge.Chain, ViewOf(story, "alice").Knowledge);

        story.Fact(new LogEvent.ChainGap(new BlockNumber(90), new BlockNumber(91), "the node was away"));

        Assert.Equal((NonceKnowledge.Reported, new Nonce(5)), (ViewOf(story, "alice").Knowledge, ViewOf(story, "alice").Next));
    }

    [Fact]
    public void An_account_lists_its_lowest_nonces_up_to_the_bound_and_counts_all()
    {
        var story = new Scenario();
        for (ulong nonce = 0; nonce <= PoolAccount.MaxListed; nonce++)
        {
            story.Decoded(new ScenarioTx($"a{nonce}", "alice", nonce));
        }

        var account = ViewOf(story, "alice");

        Assert.Equal((PoolAccount.MaxListed, PoolAccount.MaxListed + 1), (account.Nonces.Count, account.NonceCount));
        Assert.Equal((ulong)PoolAccount.MaxListed - 1, account.Nonces[^1].Nonce.Value);
        Assert.Empty(account.Gaps);
    }

    private static PoolTx View(Scenario story, string tx)
    {
        Assert.True(story.Engine.Pool.TryGetTx(Named.Tx(tx), out var view));
        return view;
    }

    private static PoolAccount ViewOf(Scenario story, string account)
    {
        Assert.True(story.Engine.Pool.TryGetSender(Named.Account(account), out var view));
        return view;
    }
}
