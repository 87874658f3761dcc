using Mempulse.Folding.Replays;
using Mempulse.Folding.Tests.Live;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Folding.Tests.Replays;

/// <summary>What differs between two positions of a log, entry by entry and field by field.</summary>
public sealed class RangeReplayTests
{
    private static readonly CancellationToken _stop = CancellationToken.None;

    [Fact]
    public async Task A_reorg_changes_the_transactions_the_blocks_and_the_counters_that_it_took_back()
    {
        await using var world = await FoldedAsync();
        var reorg = FirstOf(world, LogEvent.ReorgDetected.KindNumber);

        var reading = Read(world, new GlobalSeq(reorg.Value - 1), reorg);

        var tx = Assert.Single(reading.Changes, static change => change.Entry is { Kind: KeyKind.Tx });
        Assert.Equal(EventKey.Tx(Named.Tx("b")), tx.Entry);
        Assert.True(tx.By[0] > reorg);
        Assert.Contains(new FieldChange("status", "Included", "Pending"), tx.Fields);
        Assert.Contains(tx.Fields, static field => field.Name == "blockHash" && field.After is null);
        Assert.Contains(reading.Changes, static change => change.Entry is { Kind: KeyKind.Block } && change.Fields.Contains(new FieldChange("canonical", "true", null)));
        Assert.Contains(reading.Changes[0].Fields, static field => field == new FieldChange("txs.Pending", "1", "2"));
        Assert.Equal(1, reading.Kinds[LogEvent.ReorgDetected.KindNumber]);
        Assert.Contains(reading.Marks, mark => mark.Kind == LogEvent.ReorgDetected.KindNumber && mark.Seq == reorg);
    }

    [Fact]
    public async Task From_the_beginning_every_entry_is_new_and_names_its_events()
    {
        await using var world = await FoldedAsync();

        var reading = Read(world, GlobalSeq.None, world.Log.Watermark);

        var tx = Assert.Single(reading.Changes, static change => change.Entry == EventKey.Tx(Named.Tx("a")));
        Assert.All(tx.Fields, static field => Assert.Null(field.Before));
        Assert.Equal(RangeContents.MaxEventsOfEntry, tx.By.Count);
        Assert.True(tx.Events > tx.By.Count);
        Assert.Equal(world.Loop.Engine.Digest(), reading.LastDigest);
        Assert.Equal((0UL, 0L), (reading.DivergenceCount, reading.EventsNotCompared));
    }

    [Fact]
    public async Task Two_equal_positions_have_no_differences()
    {
        await using var world = await FoldedAsync();

        var reading = Read(world, world.Log.Watermark, world.Log.Watermark);

        Assert.Empty(reading.Changes);
        Assert.Equal(reading.FirstDigest, reading.LastDigest);
    }

    [Fact]
    public async Task A_range_that_names_more_entries_than_fit_counts_the_events_of_the_rest()
    {
        using var told = await ToldLog.WriteAsync();
        using var replay = LogReplay.Open(told.Log.Reader, told.Checkpoints, GlobalSeq.None);

        var reading = RangeReplay.Run(replay, GlobalSeq.None, told.Log.Watermark, _stop);

        Assert.True(reading.EventsNotCompared > 0);
        Assert.Equal(RangeReplay.MaxChanges, reading.Changes.Count);
        Assert.InRange(reading.ChangeCount, RangeReplay.MaxChanges + 1, RangeContents.MaxEntries + 1);
        Assert.All(reading.Checkpoints, static checkpoint => Assert.True(checkpoint.IsEqual));
        Assert.NotEmpty(reading.Checkpoints);
    }

    private static RangeReading Read(FoldWorld world, GlobalSeq first, GlobalSeq last)
    {
        using var replay = LogReplay.Open(world.Log.Reader, world.Checkpoints, first);
        return RangeReplay.Run(replay, first, last, _stop);
    }

    private static GlobalSeq FirstOf(FoldWorld world, EventKind kind)
    {
        using var scan = world.Log.Reader.Scan(GlobalSeq.None.Next);
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                if (record.Kind == kind)
                {
                    return record.Seq;
                }
            }
        }

        throw new InvalidOperationException($"The log has no record of kind {kind}.");
    }

    private static async Task<FoldWorld> FoldedAsync()
    {
        var world = new FoldWorld();
        await world.AppendAsync(Facts.Short());
        world.Start();
        await world.FinishAsync();
        return world;
    }
}
