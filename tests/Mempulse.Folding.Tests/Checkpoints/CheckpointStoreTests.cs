using Mempulse.Canon.Snapshots;
using Mempulse.Folding.Checkpoints;
using Mempulse.Folding.Tests.Live;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Folding.Tests.Checkpoints;

public sealed class CheckpointStoreTests
{
    private readonly SimulatedFileSystem _disk = new(seed: 1);
    private readonly List<string> _ignored = [];

    [Fact]
    public void An_empty_store_restores_nothing_and_reading_it_leaves_no_trace()
    {
        var store = Store();

        Assert.Null(store.RestoreNewest(new GlobalSeq(100), _ignored.Add));
        Assert.Null(store.RestoreAtMost(new GlobalSeq(100), _ignored.Add));
        Assert.Null(store.RestoreAtLeast(GlobalSeq.None, _ignored.Add));
        Assert.Equal(0, _disk.Calls);
    }

    [Fact]
    public void The_nearest_checkpoint_on_the_requested_side_is_restored()
    {
        var store = Store();
        SaveAt(store, FoldComposition.Default, 2, 4, 6);

        Assert.Equal(6UL, store.RestoreNewest(new GlobalSeq(9), _ignored.Add)!.Applied.Value);
        Assert.Equal(4UL, store.RestoreAtMost(new GlobalSeq(5), _ignored.Add)!.Applied.Value);
        Assert.Equal(4UL, store.RestoreAtLeast(new GlobalSeq(3), _ignored.Add)!.Applied.Value);
        Assert.Null(store.RestoreAtMost(new GlobalSeq(1), _ignored.Add));
        Assert.Null(store.RestoreAtLeast(new GlobalSeq(7), _ignored.Add));
        Assert.Empty(_ignored);
    }

    [Fact]
    public void A_checkpoint_of_other_rules_is_skipped_and_reported()
    {
        var store = Store();
        var other = FoldComposition.Default.With(static () => new FactCounter());
        SaveAt(store, FoldComposition.Default, 2, 6);
        SaveAt(store, other, 4, 8);

        Assert.Equal(6UL, store.RestoreNewest(new GlobalSeq(9), _ignored.Add)!.Applied.Value);
        Assert.Equal(2UL, store.RestoreAtMost(new GlobalSeq(4), _ignored.Add)!.Applied.Value);
        Assert.Equal(6UL, store.RestoreAtLeast(new GlobalSeq(3), _ignored.Add)!.Applied.Value);
        Assert.Equal(3, _ignored.Count);
        Assert.All(_ignored, reason => Assert.Contains(FactCounter.Rules, reason, StringComparison.Ordinal));
    }

    private static void SaveAt(CheckpointStore store, FoldComposition composition, params ulong[] positions)
    {
        var engine = composition.Create(Scenario.Chain);
        var saved = new ByteBuffer();
        var facts = new RecordEnumerator(GlobalSeq.None.Next, Facts.Short().Records.Span);
        while (facts.MoveNext())
        {
            engine.Apply(facts.Current);
            if (positions.Contains(engine.Applied.Value))
            {
                saved.Clear();
                engine.SaveCheckpoint(saved);
                using var writer = store.Begin(engine.Applied, new Epoch(1));
                writer.Append(saved.WrittenSpan);
                writer.Complete(CheckpointStore.MarkOf(engine.Applied, new Epoch(1), engine.Digest(), engine.RuleVersion));
            }
        }
    }

    private CheckpointStore Store() => new(Scenario.Chain, FoldComposition.Default, new SnapshotStore(_disk, FoldWorld.CheckpointPath));
}
