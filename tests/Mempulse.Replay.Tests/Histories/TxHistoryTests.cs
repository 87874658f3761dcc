using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Histories;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Histories;

public sealed class TxHistoryTests
{
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
