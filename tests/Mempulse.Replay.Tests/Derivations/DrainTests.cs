using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Derivations;

public sealed class DrainTests
{
    [Fact]
    public void Each_expected_event_is_drained_once_until_rewound()
    {
        var engine = ThreeExpected().Engine;

        Assert.Equal((2, 1, 0), (Drain(engine, 2), Drain(engine, 2), Drain(engine, 2)));
        Assert.Equal((3, 0), (engine.ExpectedCount, engine.UndrainedCount));

        engine.RewindDerived();
        Assert.Equal(3, Drain(engine, 9));
    }

    [Fact]
    public void Confirmed_events_are_retired_and_may_arrive_from_the_log_later()
    {
        var story = ThreeExpected();
        var batch = new EventBatch(DerivedEvents.Lane);
        story.Engine.DrainDerived(batch, 2);

        story.Engine.ConfirmDerived(batch.Last);

        Assert.Equal((1, 1), (story.Engine.ExpectedCount, story.Engine.UndrainedCount));
        var after = story.Log.Last;
        story.Log.Append(batch);
        story.Engine.Apply(story.Log.ScanAfter(after));
        Assert.Equal((0ul, 1), (story.Engine.DivergenceCount, story.Engine.ExpectedCount));
    }

    [Fact]
    public void An_event_may_arrive_from_the_log_before_its_append_is_confirmed()
    {
        var story = ThreeExpected();
        var batch = new EventBatch(DerivedEvents.Lane);
        story.Engine.DrainDerived(batch, 2);
        var after = story.Log.Last;
        story.Log.Append(batch);
        story.Engine.Apply(story.Log.ScanAfter(after));

        story.Engine.ConfirmDerived(batch.Last);

        Assert.Equal((0ul, 1, 1), (story.Engine.DivergenceCount, story.Engine.ExpectedCount, story.Engine.UndrainedCount));
    }

    [Fact]
    public void A_restart_finds_exactly_the_events_still_to_be_appended()
    {
        var story = ThreeExpected().AppendDerived(1);
        var replay = ReplayEngine.Create(Scenario.Chain);
        replay.Apply(story.Log.ScanAfter(GlobalSeq.None));
        var expected = new EventBatch(DerivedEvents.Lane);
        var actual = new EventBatch(DerivedEvents.Lane);

        story.Engine.DrainDerived(expected, 9);
        replay.DrainDerived(actual, 9);

        Assert.Equal(2, actual.Count);
        Assert.True(expected.Records.Span.SequenceEqual(actual.Records.Span));
    }

    [Fact]
    public void A_checkpoint_between_append_and_confirmation_continues_without_divergence()
    {
        var story = ThreeExpected();
        var batch = new EventBatch(DerivedEvents.Lane);
        story.Engine.DrainDerived(batch, 2);
        story.Engine.ConfirmDerived(batch.Last);
        var saved = new ByteBuffer();
        story.Engine.SaveCheckpoint(saved);
        var restored = FoldComposition.Default.Restore(Scenario.Chain, saved.WrittenSpan);

        var after = story.Log.Last;
        story.Log.Append(batch);
        restored.Apply(story.Log.ScanAfter(after));

        Assert.Equal((0ul, 1), (restored.DivergenceCount, restored.ExpectedCount));
    }

    [Fact]
    public void Beyond_the_bound_the_oldest_are_given_up_and_counted_and_then_as_many_fit_again()
    {
        var expected = new ExpectedRecords();
        for (uint i = 0; i < 8; i++)
        {
            expected.MakeRoom().Add(new LogEvent.TxExpired(Named.Tx("a"), TxState.Seen, i), RecordMeta.Derived(DerivedEvents.Lane, new GlobalSeq(1), i, default));
            expected.Added();
            expected.GiveUpBeyond(3);
            Assert.Equal((Math.Min(3, (int)i + 1), i < 3 ? 0 : (ulong)i - 2), (expected.Count, expected.GivenUp));
        }

        Assert.Equal((new LaneSequence(new GlobalSeq(1), 5), new LaneSequence(new GlobalSeq(1), 4)), (expected.Oldest.Meta.LaneSequence, expected.UncomparedThrough));
    }

    [Fact]
    public void The_owner_must_append_from_the_bound_on_and_no_longer_once_one_is_confirmed()
    {
        var (engine, log) = (ReplayEngine.Create(Scenario.Chain), new ScenarioLog());
        Arrive(engine, log, ReplayEngine.BackPressureExpected - 1);
        Assert.Equal((ReplayEngine.BackPressureExpected - 1, false), (engine.ExpectedCount, engine.NeedsDrain));
        Arrive(engine, log, 1);
        Assert.Equal((ReplayEngine.BackPressureExpected, true), (engine.ExpectedCount, engine.NeedsDrain));

        var batch = new EventBatch(DerivedEvents.Lane);
        engine.DrainDerived(batch, 1);
        Assert.True(engine.NeedsDrain); // drained is not appended
        engine.ConfirmDerived(batch.Last);

        Assert.False(engine.NeedsDrain);
    }

    private static void Arrive(ReplayEngine engine, ScenarioLog log, int count)
    {
        var lane = LaneId.Of("many");
        var batch = new EventBatch(lane);
        for (ulong i = 1; i <= (ulong)count; i++)
        {
            ulong number = log.Last.Value + i;
            batch.Add(new ScenarioTx($"tx{number}", $"sender{number}", 0).Decoded(), RecordMeta.Fact(lane, number, new UnixNanoseconds((long)number), default));
        }

        var after = log.Last;
        log.Append(batch);
        engine.Apply(log.ScanAfter(after));
    }

    private static Scenario ThreeExpected() =>
        new Scenario().HoldBackDerived().Arrives("a", "alice", 0).Arrives("b", "bob", 0).Arrives("c", "carol", 0);

    private static int Drain(ReplayEngine engine, int max) => engine.DrainDerived(new EventBatch(DerivedEvents.Lane), max);
}
