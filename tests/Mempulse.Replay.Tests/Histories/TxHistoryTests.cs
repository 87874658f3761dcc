using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Histories;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Histories;

public sealed class TxHistoryTests
{
    private static readonly Hash256 s_a = Named.Tx("a");

    [Fact]
    public void A_life_is_built_from_its_own_records()
    {
        var story = new Scenario().Block("base").Seen("a", "alpha").Seen("a", "beta").Seen("a", "alpha")
            .Decoded(new ScenarioTx("a", "alice", 0)).Block("b1", "a").Reorg("base").Block("c1", "a");

        var life = LifeOf(story, "a");

        Assert.Equal(
            [
                (LogEvent.TxSeen.KindNumber, TxState.Seen),
                (LogEvent.TxDecoded.KindNumber, TxState.Seen),
                (LogEvent.TxStateChanged.KindNumber, TxState.Pending),
                (LogEvent.TxIncluded.KindNumber, TxState.Included),
                (LogEvent.TxReopened.KindNumber, TxState.Pending),
                (LogEvent.TxIncluded.KindNumber, TxState.Included),
            ],
            life.Steps.Select(step => (step.Kind, step.State)));
        Assert.Equal([(SourceId.Of("alpha"), 2), (SourceId.Of("beta"), 1)], life.Sightings.Select(sighting => (sighting.Source, sighting.Count)));
        Assert.Equal(Named.Block("c1"), life.Inclusion!.Block);
        Assert.Equal(Named.Account("alice"), life.Sender);
        Assert.Equal(0ul, life.Body!.Nonce.Value);
        Assert.False(life.IsTruncated);
    }

    [Fact]
    public void A_replacement_is_in_the_life_of_both_transactions()
    {
        var story = new Scenario().Arrives("old", "alice", 0).Arrives("new", "alice", 0, fee: 200, tip: 20);

        Assert.Equal(Named.Tx("new"), LifeOf(story, "old").ReplacedBy);
        Assert.Equal(TxState.Replaced, LifeOf(story, "old").State);
        Assert.Equal(Named.Tx("old"), LifeOf(story, "new").Replaces);
    }

    [Fact]
    public void The_history_of_every_transaction_ends_in_its_folded_state()
    {
        var story = Stories.Reorg();

        foreach (string name in (string[])["early", "kept", "dropped", "late", "loser", "outbid", "outbidder", "winner", "hidden", "rival", "delegates", "fresh", "only a hash"])
        {
            Assert.Equal((name, story.StateOf(name)), (name, LifeOf(story, name).State));
        }
    }

    [Fact]
    public void An_unseen_transaction_has_no_history() => Assert.Null(new TxHistory(Named.Tx("nothing")).Build());

    [Fact]
    public void Sources_beyond_the_bound_are_omitted_and_flagged()
    {
        var story = new Scenario();
        for (int i = 0; i <= TxHistory.MaxSources; i++)
        {
            story.Seen("a", $"source {i}");
        }

        var life = LifeOf(story, "a");

        Assert.Equal(TxHistory.MaxSources, life.Sightings.Count);
        Assert.True(life.IsTruncated);
    }

    [Fact]
    public void Sources_and_steps_up_to_their_bounds_are_complete()
    {
        var history = new TxHistory(s_a);
        for (int i = 0; i < TxHistory.MaxSources; i++)
        {
            Add(history, new LogEvent.TxSeen(s_a, SightingVia.HashSubscription), source: $"source {i}");
        }

        for (int i = 1; i < TxHistory.MaxSteps; i++)
        {
            Add(history, new LogEvent.TxReturned(s_a, i % 2 == 0 ? TxState.Pending : TxState.Queued));
        }

        var full = history.Build()!;
        Assert.Equal((TxHistory.MaxSources, TxHistory.MaxSteps, false), (full.Sightings.Count, full.Steps.Count, full.IsTruncated));
        Add(history, new LogEvent.TxVanished(s_a, TxState.Pending, 2));
        var over = history.Build()!;
        Assert.Equal((TxHistory.MaxSteps, true, TxState.Left), (over.Steps.Count, over.IsTruncated, over.State));
        Add(history, new LogEvent.TxSeen(s_a, SightingVia.HashSubscription), source: "source 255");
        Assert.Equal(2, history.Build()!.Sightings[^1].Count);
    }

    [Fact]
    public void The_first_body_counts_and_does_not_undo_a_state()
    {
        var history = new TxHistory(s_a);
        Add(history, new ScenarioTx("a", "alice", 4).Decoded());
        Add(history, new LogEvent.TxStateChanged(s_a, Named.Account("alice"), TxState.Unknown, TxState.Pending, null));
        Add(history, new ScenarioTx("a", "bob", 5).Decoded());
        Add(history, new LogEvent.TxSeen(s_a, SightingVia.HashSubscription));

        var life = history.Build()!;

        Assert.Equal((new GlobalSeq(1), Named.Account("alice"), new Nonce(4)), (life.DecodedAt, life.Sender, life.Body!.Nonce));
        Assert.Equal([TxState.Seen, TxState.Pending, TxState.Pending], life.Steps.Select(static step => step.State));
        Assert.Equal((TxState.Pending, new GlobalSeq(4)), (life.State, life.AsOf));
    }

    [Fact]
    public void A_body_after_a_block_leaves_the_transaction_included()
    {
        var history = new TxHistory(s_a);
        Add(history, Included("b1"));
        Add(history, new ScenarioTx("a", "alice", 0).Decoded());

        Assert.Equal((TxState.Included, 2), (history.Build()!.State, history.Build()!.Steps.Count));
    }

    [Fact]
    public void An_outcome_belongs_to_the_block_that_includes_the_transaction()
    {
        var history = new TxHistory(s_a);
        Add(history, Included("b1"));
        Add(history, OutcomeIn("b0", ExecutionOutcome.Reverted, isVerified: true));
        Assert.Equal((ExecutionOutcome.Unknown, false), OutcomeOf(history));

        Add(history, OutcomeIn("b1", ExecutionOutcome.Succeeded, isVerified: false));
        Assert.Equal((ExecutionOutcome.Succeeded, true), OutcomeOf(history));
        Add(history, OutcomeIn("b1", ExecutionOutcome.Reverted, isVerified: true));
        Assert.Equal((ExecutionOutcome.Reverted, false), OutcomeOf(history));

        Add(history, new LogEvent.TxReopened(s_a, Named.Block("b1"), Named.Account("alice"), new BlockNumber(101), TxState.Queued));
        Assert.Equal((null, TxState.Queued), (history.Build()!.Inclusion, history.Build()!.State));
        Add(history, OutcomeIn("b1", ExecutionOutcome.Succeeded, isVerified: true));
        Assert.Null(history.Build()!.Inclusion);

        static (ExecutionOutcome, bool) OutcomeOf(TxHistory history)
        {
            var inclusion = history.Build()!.Inclusion!;
            return (inclusion.Outcome, inclusion.IsUnverified);
        }
    }

    [Fact]
    public void A_block_takes_back_a_replacement_and_a_replacement_an_inclusion()
    {
        var history = new TxHistory(s_a);
        Add(history, Replaced("b"));
        Assert.Equal((Named.Tx("b"), null, TxState.Replaced), (history.Build()!.ReplacedBy, history.Build()!.Inclusion, history.Build()!.State));

        Add(history, Included("b1"));
        Assert.Equal((null, Named.Block("b1"), Named.Account("alice")), (history.Build()!.ReplacedBy, history.Build()!.Inclusion!.Block, history.Build()!.Sender));

        Add(history, Replaced("c"));
        Assert.Equal((Named.Tx("c"), null), (history.Build()!.ReplacedBy, history.Build()!.Inclusion));

        static LogEvent.TxReplaced Replaced(string by) => new(s_a, Named.Account("alice"), TxState.Pending, Named.Tx(by), new Nonce(0), ByInclusion: false);
    }

    [Fact]
    public void A_state_change_keeps_what_was_replaced_before()
    {
        var history = new TxHistory(s_a);
        Add(history, new LogEvent.TxStateChanged(s_a, Named.Account("alice"), TxState.Seen, TxState.Queued, Named.Tx("b")));
        Add(history, new LogEvent.TxStateChanged(s_a, Named.Account("alice"), TxState.Queued, TxState.Pending, null));

        Assert.Equal((Named.Tx("b"), TxState.Pending), (history.Build()!.Replaces, history.Build()!.State));
    }

    [Fact]
    public void Each_source_has_its_own_leaving()
    {
        var history = new TxHistory(s_a);
        Add(history, new LogEvent.TxSeen(s_a, SightingVia.HashSubscription), source: "alpha");
        Add(history, new LogEvent.TxSeen(s_a, SightingVia.HashSubscription), source: "beta");
        Add(history, new LogEvent.TxLeft(s_a, LeavingVia.PoolContent), source: "beta");
        Assert.Equal([null, new UnixNanoseconds(3)], history.Build()!.Sightings.Select(static sighting => sighting.LeftAt));
        Assert.Equal([TxState.Seen, TxState.Seen], history.Build()!.Steps.Select(static step => step.State));

        Add(history, new LogEvent.TxSeen(s_a, SightingVia.HashSubscription), source: "beta");

        Assert.Equal([null, null], history.Build()!.Sightings.Select(static sighting => sighting.LeftAt));
        Assert.Equal((new GlobalSeq(2), new UnixNanoseconds(2), 2), (history.Build()!.Sightings[1].First, history.Build()!.Sightings[1].FirstTime, history.Build()!.Sightings[1].Count));
    }

    [Fact]
    public void An_event_of_a_kind_defined_elsewhere_is_a_step()
    {
        var batch = new EventBatch(DerivedEvents.Lane);
        batch.Add(new Noted(Named.Tx("a")), RecordMeta.Derived(DerivedEvents.Lane, new GlobalSeq(4), 0, default));
        var history = new TxHistory(Named.Tx("a"));

        history.Add(new RecordView(new GlobalSeq(5), batch.Records.Span[4..^4]));

        var step = Assert.Single(history.Build()!.Steps);
        Assert.Equal((new GlobalSeq(5), Noted.Number, TxState.Unknown, new GlobalSeq(4)), (step.Seq, step.Kind, step.State, step.Cause));
    }

    private sealed record Noted(Hash256 Tx) : LogEvent
    {
        public const EventKind Number = (EventKind)1_000;

        public override EventKind Kind => Number;

        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Tx));

        public override void WriteFields<TFields>(ref TFields fields)
        {
        }
    }

    private static LogEvent.TxIncluded Included(string block) =>
        new(s_a, Named.Block(block), Named.Account("alice"), TxState.Pending, new BlockNumber(101), 0, ExecutionOutcome.Unknown);

    private static LogEvent.TxOutcomeKnown OutcomeIn(string block, ExecutionOutcome outcome, bool isVerified) =>
        new(s_a, Named.Block(block), Named.Account("alice"), new BlockNumber(101), ExecutionOutcome.Unknown, outcome, default, isVerified);

    /// <summary>Adds the next record; its time is its position.</summary>
    private static void Add(TxHistory history, LogEvent next, string source = "alpha")
    {
        ulong seq = (history.Build()?.AsOf ?? GlobalSeq.None).Next.Value;
        var batch = new EventBatch(LaneId.Of("history"));
        batch.Add(next, RecordMeta.Fact(batch.Lane, seq, new UnixNanoseconds((long)seq), SourceId.Of(source)));
        history.Add(new RecordView(new GlobalSeq(seq), batch.Records.Span[4..^4]));
    }

    private static TxLife LifeOf(Scenario story, string tx)
    {
        var history = new TxHistory(Named.Tx(tx));
        foreach (var record in story.Log.ScanAfter(GlobalSeq.None))
        {
            if (record.TryGetKey(KeyKind.Tx, out var key) && key.Value == Named.Tx(tx))
            {
                history.Add(record);
            }
        }

        return history.Build()!;
    }
}
