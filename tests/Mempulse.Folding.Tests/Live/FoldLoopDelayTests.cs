using Mempulse.Folding.Live;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Folding.Tests.Live;

/// <summary>What a fold reports of its delay, what a restart appends, and what a failed one leaves alone.</summary>
public sealed class FoldLoopDelayTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly LaneId s_lane = LaneId.Of("delays");

    public static TheoryData<TimeSpan, bool> Ages => new()
    {
        { TimeSpan.FromTicks(-10), false },
        { TimeSpan.Zero, true },
        { TimeSpan.FromSeconds(3), true },
        { TimeSpan.FromHours(1) - TimeSpan.FromTicks(10), true },
        { TimeSpan.FromHours(1), false },
    };

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task The_delay_of_a_live_event_is_reported_and_that_of_one_played_back_or_from_the_future_is_not(TimeSpan age, bool isReported)
    {
        await using var world = new FoldWorld();
        world.Time.SetUtcNow(s_now);
        world.Start();
        await world.UntilAsync(() => world.Loop.Phase == FoldLoopPhase.Following, "the fold follows");
        var now = world.Time.GetUtcNow();

        await world.AppendAsync(Sighting(1, now - age));
        await Testing.Waiting.Until.TrueAsync(() => world.Reports.Delays.Count == 1, "it is applied"); // without letting time pass

        Assert.Equal([isReported ? age : null], world.Reports.Delays);
    }

    [Fact]
    public async Task While_it_catches_up_no_delay_is_reported()
    {
        await using var world = new FoldWorld();
        world.Time.SetUtcNow(s_now);
        await world.AppendAsync(Sighting(1, s_now));
        await world.AppendAsync(Sighting(2, s_now));

        world.Start();
        await world.FinishAsync();

        Assert.All(world.Reports.Delays.Take(1), delay => Assert.Null(delay));
        Assert.Equal("caught up at 2", world.Reports.All[1]);
    }

    [Fact]
    public async Task A_restart_does_not_append_again_what_the_log_has()
    {
        var disk = new SimulatedFileSystem(seed: 51);
        await using (var first = new FoldWorld(disk))
        {
            await first.AppendAsync(Facts.Short());
            first.Start();
            await first.FinishAsync();
            Assert.NotEmpty(first.Port.Derived);
        }

        await using var second = new FoldWorld(disk);
        second.Start();
        await second.FinishAsync();

        Assert.Empty(second.Port.Derived);
        Assert.Equal(0, second.Reports.Derived);
        second.AssertWhole();
    }

    [Fact]
    public async Task A_failed_fold_takes_no_checkpoint_and_goes_no_further()
    {
        await using var world = new FoldWorld(composition: FoldComposition.Default.With(static () => new ThrowingDerivation(at: 5)));
        var facts = Facts.Pending(10);
        await world.AppendAsync(Facts.Part(facts, 0, 3));
        await world.AppendAsync(Facts.Part(facts, 3, 5));
        world.Start();
        await world.UntilAsync(() => world.Loop.Phase == FoldLoopPhase.Failed, "the fold fails");
        await world.EndAsync();
        var digest = world.Loop.Engine.Digest();

        await world.Loop.SaveAsync();
        world.Loop.Finish();
        world.Loop.Stop();

        Assert.Equal((FoldLoopPhase.Failed, GlobalSeq.None), (world.Loop.Phase, world.Loop.Checkpoint));
        Assert.Equal(digest, world.Loop.Engine.Digest());
        Assert.DoesNotContain(world.Reports.All, report => report.StartsWith("checkpoint", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_epoch_begins_with_a_record_of_its_writer_with_the_next_number_of_the_hosts_lane()
    {
        await using var world = new FoldWorld();
        var parameters = new FoldParameters { ExpirySeconds = 77 };

        foreach (ulong number in (ulong[])[1, 2])
        {
            var batch = EpochStart.Of(world.Log, Testing.Scenarios.Scenario.Chain, "a writer", parameters, new UnixNanoseconds(5));
            var records = new RecordEnumerator(GlobalSeq.None.Next, batch.Records.Span);
            Assert.True(records.MoveNext());
            Assert.Equal((EpochStart.Lane, number, 5L, false), (records.Current.Lane, records.Current.LocalSeq, records.Current.Timestamp.Value, records.Current.IsDerived));
            Assert.Equal(new LogEvent.EpochStarted(world.Log.Epoch, Testing.Scenarios.Scenario.Chain, "a writer", parameters), LogEvent.Decode(records.Current));
            await world.AppendAsync(batch);
        }
    }

    private static EventBatch Sighting(ulong number, DateTimeOffset at)
    {
        var batch = new EventBatch(s_lane);
        batch.Add(new LogEvent.TxSeen(default, SightingVia.HashSubscription), RecordMeta.Fact(s_lane, number, UnixNanoseconds.FromUtcTicks(at.UtcTicks), SourceId.Of("node")));
        return batch;
    }
}
