using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Derivations;

public sealed class DivergenceTests
{
    [Fact]
    public void A_log_written_by_the_fold_has_no_divergence()
    {
        var story = Stories.Reorg();
        var replay = ReplayEngine.Create(Scenario.Chain);

        replay.Apply(story.Log.ScanAfter(GlobalSeq.None));

        Assert.Equal((0ul, 0), (replay.DivergenceCount, replay.ExpectedCount));
        Assert.Equal(story.Engine.Digest(), replay.Digest());
    }

    [Fact]
    public void A_changed_field_is_named_with_both_values()
    {
        var divergence = Assert.Single(ReplayWith(static derived => derived is LogEvent.TxStateChanged changed
            ? changed with { To = TxState.Queued }
            : derived));

        Assert.Equal((DivergenceKind.Different, "to", "Pending", "Queued"), (divergence.Kind, divergence.Field, divergence.Expected, divergence.Actual));
        Assert.Equal(new GlobalSeq(4), divergence.Seq);
        Assert.Equal("At 4, event 0 of cause 3: to differs: expected Pending, found Queued.", divergence.ToString());
    }

    [Fact]
    public void A_changed_key_is_named()
    {
        var divergence = Assert.Single(ReplayWith(static derived => derived is LogEvent.TxStateChanged changed
            ? changed with { Hash = Named.Tx("b") }
            : derived));

        Assert.Equal(("tx", Named.Tx("a").ToString(), Named.Tx("b").ToString()), (divergence.Field, divergence.Expected, divergence.Actual));
    }

    [Fact]
    public void A_different_kind_is_named()
    {
        var divergence = Assert.Single(ReplayWith(static derived => derived is LogEvent.TxStateChanged changed
            ? new LogEvent.TxExpired(changed.Hash, TxState.Seen, 0)
            : derived));

        Assert.Equal(("type", "TxStateChanged", "TxExpired"), (divergence.Field, divergence.Expected, divergence.Actual));
    }

    [Fact]
    public void A_missing_event_is_reported_when_a_later_one_arrives()
    {
        var divergences = ReplayWith(static derived => derived is LogEvent.TxStateChanged ? null : derived);

        var divergence = Assert.Single(divergences);
        Assert.Equal((DivergenceKind.Missing, new LaneSequence(new GlobalSeq(3), 0)), (divergence.Kind, divergence.LaneSequence));
    }

    [Fact]
    public void An_event_appended_twice_is_reported()
    {
        var story = new Scenario().Arrives("a", "alice", 0);
        story.Log.Append(story.Log.At(story.Log.Last));

        story.Engine.Apply(story.Log.At(story.Log.Last));

        Assert.Equal(DivergenceKind.Repeated, Assert.Single(story.Engine.Divergences).Kind);
    }

    [Fact]
    public void An_unexpected_event_is_reported()
    {
        var story = new Scenario().Seen("a");
        var batch = new EventBatch(DerivedEvents.Lane);
        batch.Add(new LogEvent.TxExpired(Named.Tx("a"), TxState.Seen, 1), RecordMeta.Derived(DerivedEvents.Lane, story.Log.Last, 0, default));
        story.Log.Append(batch);

        story.Engine.Apply(story.Log.At(story.Log.Last));

        Assert.Equal(DivergenceKind.Unexpected, Assert.Single(story.Engine.Divergences).Kind);
    }

    [Fact]
    public void The_first_thousand_differences_are_kept_and_all_are_counted()
    {
        var story = new Scenario().Seen("a");
        for (uint i = 0; i < 1_002; i++)
        {
            var batch = new EventBatch(DerivedEvents.Lane);
            batch.Add(new LogEvent.TxExpired(Named.Tx("a"), TxState.Seen, i), RecordMeta.Derived(DerivedEvents.Lane, new GlobalSeq(2), i, default));
            story.Log.Append(batch);
            story.Engine.Apply(story.Log.At(story.Log.Last));
            Assert.Equal((i + 1, (int)Math.Min(i + 1, 1_000)), (story.Engine.DivergenceCount, story.Engine.Divergences.Count));
        }

        Assert.Equal(new LaneSequence(new GlobalSeq(2), 999), story.Engine.Divergences[^1].LaneSequence);
    }

    /// <summary>Replays a small story whose derived events were changed, or left out for null.</summary>
    private static IReadOnlyList<Divergence> ReplayWith(Func<LogEvent, LogEvent?> change)
    {
        var story = new Scenario().Arrives("a", "alice", 0).Block("b1", "a");
        var changed = new ScenarioLog();
        foreach (var record in story.Log.ScanAfter(GlobalSeq.None))
        {
            if (!record.IsDerived)
            {
                changed.Append(record);
            }
            else if (change(LogEvent.Decode(record)!) is { } derived)
            {
                var batch = new EventBatch(DerivedEvents.Lane);
                batch.Add(derived, record.Meta);
                changed.Append(batch);
            }
            else
            {
                changed.Append(SomethingElse(record.Seq));
            }
        }

        var replay = ReplayEngine.Create(Scenario.Chain);
        replay.Apply(changed.ScanAfter(GlobalSeq.None));
        return replay.Divergences;
    }

    /// <summary>Keeps the positions of the following records.</summary>
    private static EventBatch SomethingElse(GlobalSeq seq)
    {
        var batch = new EventBatch(LaneId.Of("filler"));
        batch.Add(new LogEvent.CheckpointTaken(seq, default, "none"), RecordMeta.Fact(batch.Lane, seq.Value, default, default));
        return batch;
    }
}
