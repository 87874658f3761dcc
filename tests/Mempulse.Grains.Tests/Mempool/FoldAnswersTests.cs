using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Mempool;
using Mempulse.Grains.Tests.Logs;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Primitives;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Grains.Tests.Mempool;

/// <summary>A fold's status says what it is doing, up to which position, and why it stopped; each counter of its follower has its own name.</summary>
public sealed class FoldAnswersTests
{
    [Fact]
    public async Task The_status_follows_the_fold_from_its_start_to_its_stop()
    {
        await using var world = new GrainWorld();
        Assert.Equal((FoldPhase.Starting, GlobalSeq.None, GlobalSeq.None, string.Empty), Brief(world));
        Assert.Null(FoldAnswers.CanonicalBlocks(world.Fold));

        await world.StartAsync();
        await world.UntilAsync(() => world.Fold.Phase == FoldLoopPhase.Following, "the fold follows");
        Assert.NotNull(FoldAnswers.CanonicalBlocks(world.Fold));
        var lane = await world.OpenLaneAsync();
        await world.PostAsync(lane, 0, 3);
        await world.CompleteAsync(lane);
        await world.FinishAsync();
        await world.Fold.SaveAsync();

        var status = FoldAnswers.Status(world.Fold, acknowledged: null, string.Empty);
        var end = world.Log.Events.Watermark;
        Assert.Equal((FoldPhase.Stopped, new GlobalSeq(end.Value - 1), string.Empty), (status.Phase, status.Applied, status.Failure)); // the record of the checkpoint follows
        Assert.Equal((world.Fold.Engine.Digest(), world.Fold.Engine.EventTime), (status.Digest, status.EventTime));
        Assert.Equal((status.Applied, 0L, 0L, string.Empty), (status.Checkpoint, status.Divergences, status.DerivedWaiting, status.FirstDivergence));
        Assert.Equal(3, status.TxsByState.Sum());
        Assert.Null(FoldAnswers.CanonicalBlocks(world.Fold)); // no lane starts from a fold that does not follow
        Assert.Equal(SourceId.Of("node"), status.Sources.Single().Id);
        Assert.Equal(3L, (long)status.Sources.Single().Sightings);
    }

    [Fact]
    public async Task A_failed_fold_states_its_error_and_the_position_it_stopped_at()
    {
        await using var world = new GrainWorld();
        world.Sequencer.Fate = (lane, _) => lane == DerivedEvents.Lane ? SequencerFate.Bug : SequencerFate.Answered;
        await world.StartAsync();
        var lane = await world.OpenLaneAsync();
        await world.PostAsync(lane, 0, 3);
        await world.UntilAsync(() => world.Fold.Phase == FoldLoopPhase.Failed, "the fold fails");
        await world.CompleteAsync(lane);

        var status = FoldAnswers.Status(world.Fold, acknowledged: null, string.Empty);

        Assert.Equal((FoldPhase.Failed, "A bug.", world.Fold.Engine.Applied), (status.Phase, status.Failure, status.Applied));
        Assert.True(status.DerivedWaiting > 0);
        Assert.Null(FoldAnswers.CanonicalBlocks(world.Fold));
    }

    [Fact]
    public async Task The_status_names_the_first_divergence_of_those_it_counts()
    {
        await using var world = new GrainWorld();
        await world.StartAsync();
        await world.UntilAsync(() => world.Fold.Phase == FoldLoopPhase.Following && world.Fold.Engine.Applied == new GlobalSeq(1), "the fold follows");

        await world.Log.Events.AppendAsync(TestLog.Underived(count: 3), CancellationToken.None);
        await world.UntilAsync(() => world.Fold.Engine.DivergenceCount == 3, "the fold has compared them");

        var status = FoldAnswers.Status(world.Fold, acknowledged: null, string.Empty);
        Assert.Equal((3L, 3L), (status.Divergences, FoldAnswers.Reading(world.Fold).Divergences));
        Assert.StartsWith("At 2 the log holds event 0 of cause 1, ", status.FirstDivergence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_incident_of_the_follower_is_counted_under_its_own_name()
    {
        await using var world = new GrainWorld();
        await world.StartAsync();
        await world.UntilAsync(() => world.Fold.Phase == FoldLoopPhase.Following && world.Fold.Engine.Applied == new GlobalSeq(1), "the fold follows");
        var follower = world.Fold.Follower!;
        var epoch = world.Log.Events.Epoch;
        var first = world.Log.Events.Reader.Read(new GlobalSeq(1), 1 << 20)!;
        for (int i = 0; i < 3; i++)
        {
            follower.Offer(epoch, new GlobalSeq(1), first);
        }

        follower.Offer(new Epoch(epoch.Value - 1), new GlobalSeq(1), null);
        await world.UntilAsync(() => follower.ReadCounters().Silences > 1, "silences");

        var counters = follower.ReadCounters();
        var status = FoldAnswers.Status(world.Fold, acknowledged: null, string.Empty).Follower;
        var incidents = FoldAnswers.Reading(world.Fold).Incidents.ToDictionary(entry => entry.Kind, entry => entry.Count);
        Assert.Equal((3, 1), (counters.Duplicates, counters.StaleEpochs));
        Assert.Equal(
            (counters.Events, counters.OfferedEvents, counters.Duplicates, counters.Holes, counters.Stalls, counters.Silences, counters.StaleEpochs, counters.Overflows),
            (status.Events, status.StreamedEvents, status.Duplicates, status.Holes, status.Stalls, status.Silences, status.StaleEpochs, status.Overflows));
        Assert.Equal(
            (counters.Duplicates, counters.Holes, counters.Stalls, counters.Silences, counters.StaleEpochs, counters.Overflows),
            (incidents["duplicate"], incidents["hole"], incidents["stall"], incidents["silence"], incidents["stale_epoch"], incidents["overflow"]));
    }

    [Fact]
    public async Task The_lag_is_what_is_durable_and_not_applied()
    {
        await using var world = new GrainWorld();
        Assert.Equal((0UL, 0UL), (FoldAnswers.Reading(world.Fold).LagEvents, FoldAnswers.Reading(world.Fold).Applied));
        await world.StartAsync();
        await world.UntilAsync(() => world.Fold.Phase == FoldLoopPhase.Following, "the fold follows");
        await world.SuspendAsync();
        world.Fold.Follower!.Offer(world.Log.Events.Epoch, new GlobalSeq(21), null);

        var reading = FoldAnswers.Reading(world.Fold);
        var status = FoldAnswers.Status(world.Fold, acknowledged: null, string.Empty);

        Assert.Equal((1UL, 20UL), (reading.Applied, reading.LagEvents));
        Assert.Equal((1UL, 21UL, 20UL), (status.Applied.Value, status.Watermark.Value, status.Lag));
        Assert.Equal(["unknown", "seen", "pending", "queued", "included", "confirmed", "replaced", "expired", "left"], reading.TxsByState.Select(entry => entry.State));
    }

    [Fact]
    public async Task An_abandoned_chain_is_listed_and_acknowledged_only_by_the_newest_head()
    {
        await using var world = await GrainWorld.OfAsync(new Scenario()
            .Block("base").EmptyBlocks(66, "old").BeginAnew("second").EmptyBlocks(66, "new").BeginAnew("third"));
        var abandoned = world.Fold.Engine.Pool.Abandoned;
        Assert.Equal([Named.Block("second"), Named.Block("third")], abandoned.Select(left => left.NewHead));

        (string? Acknowledged, bool IsAcknowledged)[] rows =
            [(null, false), ("0x12", false), (Named.Block("second").ToString(), false), (Named.Block("third").ToString(), true), (Named.Block("base").ToString(), false)];
        foreach (var (acknowledged, isAcknowledged) in rows)
        {
            var shown = FoldAnswers.Status(world.Fold, acknowledged, string.Empty).Abandoned;
            Assert.Equal(
                abandoned.Select(left => (left.At, left.OldHead, left.OldNumber, left.NewHead, left.NewNumber, left.CommonAncestor, isAcknowledged)),
                shown.Select(left => (left.At, left.OldHead, left.OldNumber, left.NewHead, left.NewNumber, left.CommonAncestor, left.IsAcknowledged)));
        }

        Assert.Equal(2, FoldAnswers.Reading(world.Fold).AbandonedChains);
    }

    private static (FoldPhase Phase, GlobalSeq Applied, GlobalSeq Watermark, string Failure) Brief(GrainWorld world)
    {
        var status = FoldAnswers.Status(world.Fold, acknowledged: null, string.Empty);
        return (status.Phase, status.Applied, status.Watermark, status.Failure);
    }
}
