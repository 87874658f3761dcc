using Mempulse.Features.Reasons;
using Mempulse.Folding.Reasons;
using Mempulse.Folding.Tests.Live;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Folding.Tests.Reasons;

/// <summary>Records of a log by their key, up to a position.</summary>
public sealed class LoggedRecordsTests
{
    private static readonly EventKey s_tx = EventKey.Tx(Named.Tx("a"));

    [Fact]
    public async Task The_first_and_the_last_records_of_a_key_are_in_ascending_order_and_end_at_the_position()
    {
        await using var world = new FoldWorld();
        await AppendAsync(world, sightings: 9);
        var first = FirstOf(world);
        var records = new LoggedRecords(world.Log.Reader, first.Plus(6));

        Assert.Equal([first, first.Next, first.Plus(2)], Seqs(records.First(s_tx, 3)));
        Assert.Equal([first.Plus(5), first.Plus(6)], Seqs(records.Last(s_tx, 2)));
        Assert.Equal(7, records.First(s_tx, 100).Count);
        Assert.Equal(7, records.Last(s_tx, 100).Count);
        Assert.All(records.Last(s_tx, 100), record => Assert.Equal(Named.Tx("a"), record.View.TxKey));
        Assert.Empty(records.First(EventKey.Tx(Named.Tx("b")), 1));
    }

    [Fact]
    public async Task The_last_records_of_a_key_are_found_behind_thousands()
    {
        await using var world = new FoldWorld();
        await AppendAsync(world, sightings: 9_000);
        var last = world.Log.Watermark;

        Assert.Equal([new GlobalSeq(last.Value - 1), last], Seqs(new LoggedRecords(world.Log.Reader, last).Last(s_tx, 2)));
        Assert.Equal([new GlobalSeq(5_000)], Seqs(new LoggedRecords(world.Log.Reader, new GlobalSeq(5_000)).Last(s_tx, 1)));
    }

    [Fact]
    public async Task A_position_beyond_the_end_or_before_the_first_event_has_no_record()
    {
        await using var world = new FoldWorld();
        await AppendAsync(world, sightings: 3);
        var first = FirstOf(world);
        var records = new LoggedRecords(world.Log.Reader, first.Next);

        Assert.Equal((first.Next, LogEvent.TxSeen.KindNumber), (records.At(first.Next)!.Seq, records.At(first.Next)!.View.Kind));
        Assert.Null(records.At(first.Plus(2)));
        Assert.Null(records.At(GlobalSeq.None));
    }

    private static GlobalSeq FirstOf(FoldWorld world) => world.Log.Reader.Find(s_tx, GlobalSeq.None, 1)[0];

    private static IEnumerable<GlobalSeq> Seqs(IReadOnlyList<LoggedRecord> records) => records.Select(static record => record.Seq);

    private static async Task AppendAsync(FoldWorld world, int sightings)
    {
        var lane = LaneId.Of("rpc");
        var batch = new EventBatch(lane);
        for (int i = 1; i <= sightings; i++)
        {
            batch.Add(new LogEvent.TxSeen(Named.Tx("a"), SightingVia.HashSubscription), RecordMeta.Fact(lane, (ulong)i, new UnixNanoseconds(i), SourceId.Of("alpha")));
        }

        await world.AppendAsync(batch);
    }
}
