using Mempulse.Folding.Live;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Folding.Tests.Live;

/// <summary>When a checkpoint is due, to the event and to the nanosecond, and what becomes of one that is abandoned.</summary>
public sealed class CheckpointScheduleTests
{
    private const int Records = 24;

    private readonly SimulatedFileSystem _disk = new(seed: 41);

    [Theory]
    [InlineData(1UL, 0UL)]
    [InlineData(5UL, 0UL)]
    [InlineData(7UL, 0UL)]
    [InlineData(5UL, 1UL)]
    public async Task One_is_due_after_exactly_so_many_events_or_more_where_there_are_more_transactions(ulong events, ulong perTx)
    {
        var options = new FoldOptions { CheckpointEvents = events, CheckpointEventsPerTx = perTx, CheckpointEventTime = TimeSpan.FromDays(1) };
        await using var world = new FoldWorld(_disk);

        var (taken, txs) = await RunAsync(world, options);

        var expected = new List<ulong>();
        for (ulong at = 1, last = 0; at <= Records; at++)
        {
            if (at - last >= Math.Max(events, perTx * txs[(int)at - 1]))
            {
                expected.Add(last = at);
            }
        }

        Assert.Equal(expected, taken);
        Assert.True(expected.Count > 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task One_is_due_after_exactly_so_much_event_time_since_the_last_one(int seconds)
    {
        var options = new FoldOptions { CheckpointEvents = 1_000, CheckpointEventsPerTx = 0, CheckpointEventTime = TimeSpan.FromSeconds(seconds) };
        await using var world = new FoldWorld(_disk);

        var (taken, _) = await RunAsync(world, options);

        var times = TimesOf(Facts.Pending(Records));
        var expected = new List<ulong>();
        long last = times[0];
        for (int i = 0; i < Records; i++)
        {
            if (times[i] - last >= seconds * 1_000_000_000L)
            {
                expected.Add((ulong)i + 1);
                last = times[i];
            }
        }

        Assert.Equal(expected, taken);
        Assert.True(expected.Count > 1);
    }

    [Fact]
    public async Task Records_by_a_clock_of_another_year_in_between_are_no_time_that_passed()
    {
        const long year = 365L * 24 * 3_600 * 1_000_000_000;
        var options = new FoldOptions { CheckpointEvents = 1_000, CheckpointEventsPerTx = 0, CheckpointEventTime = TimeSpan.FromHours(1) };
        await using var world = new FoldWorld(_disk);
        var taker = Taker(world, options);
        var engine = world.Checkpoints.Create();
        var facts = new RecordEnumerator(GlobalSeq.None.Next, Facts.Pending(Records).Records.Span);
        var mixed = new EventBatch(Facts.Pending(Records).Lane);
        for (int i = 0; facts.MoveNext(); i++)
        {
            mixed.AddCopy(facts.Current, RecordMeta.Fact(facts.Current.Lane, facts.Current.LocalSeq, new UnixNanoseconds(facts.Current.Timestamp.Value + (i % 2 * year)), facts.Current.Source));
        }

        for (int seq = 1; seq <= Records; seq++)
        {
            Apply(engine, seq, seq, mixed);
            taker.BeginIfDue(engine);
            await taker.WaitAsync();
        }

        Assert.Equal(GlobalSeq.None, taker.Newest);
    }

    [Fact]
    public async Task After_a_restart_the_events_count_from_the_restored_checkpoint()
    {
        var options = new FoldOptions { CheckpointEvents = 10, CheckpointEventsPerTx = 0, CheckpointEventTime = TimeSpan.FromDays(1) };
        await using var world = new FoldWorld(_disk);
        await world.AppendAsync(Facts.Part(Facts.Pending(Records), 0, Records));
        Assert.Equal([10UL, 20UL], (await RunAsync(world, options)).Taken);

        var taker = Taker(world, options);
        var engine = await taker.RestoreAsync();
        Assert.Equal((20UL, 20UL), (engine.Applied.Value, taker.Newest.Value));

        Apply(engine, 21, 24);
        taker.BeginIfDue(engine);
        await taker.WaitAsync();
        Assert.Equal(20UL, taker.Newest.Value);
        await taker.TakeLastAsync(engine);
        Assert.Equal(24UL, taker.Newest.Value);
    }

    [Fact]
    public async Task After_a_restart_the_event_time_counts_from_the_restored_checkpoint()
    {
        var times = TimesOf(Facts.Pending(Records));
        Assert.True(times[10] > times[9] && times[13] > times[12]);
        var options = new FoldOptions
        {
            CheckpointEvents = 1_000, CheckpointEventsPerTx = 0, CheckpointEventTime = TimeSpan.FromTicks((times[13] - times[9]) / UnixNanoseconds.NanosecondsPerTick),
        };
        await using var world = new FoldWorld(_disk);
        await world.AppendAsync(Facts.Part(Facts.Pending(Records), 0, Records));
        var before = world.Checkpoints.Create();
        Apply(before, 1, 10);
        await Taker(world, options).TakeLastAsync(before);

        var taker = Taker(world, options);
        var engine = await taker.RestoreAsync();
        Assert.Equal(10UL, engine.Applied.Value);
        for (int seq = 11; seq <= Records && taker.Newest.Value == 10; seq++)
        {
            Apply(engine, seq, seq);
            taker.BeginIfDue(engine);
            await taker.WaitAsync();
        }

        Assert.Equal(14UL, taker.Newest.Value);
    }

    [Fact]
    public async Task An_abandoned_one_leaves_nothing_and_none_follows_but_the_last()
    {
        var options = new FoldOptions { CheckpointEvents = 5, CheckpointEventsPerTx = 0 };
        using var goesOn = new ManualResetEventSlim();
        await using var world = new FoldWorld(_disk);
        var taker = Taker(world, options);
        var engine = world.Checkpoints.Create();
        Apply(engine, 1, 5);
        _disk.Faults = _ =>
        {
            goesOn.Wait(); // its last slice is not saved before it is abandoned
            return DiskFault.None;
        };

        taker.BeginIfDue(engine);
        taker.Abandon();
        goesOn.Set();
        await taker.WaitAsync();
        _disk.Faults = static _ => DiskFault.None;
        Assert.Equal(GlobalSeq.None, taker.Newest);
        Assert.Empty(world.Reports.All);
        Assert.DoesNotContain(_disk.List(FoldWorld.CheckpointPath), name => name.EndsWith(".snap", StringComparison.Ordinal));

        await taker.TakeLastAsync(engine);
        await taker.TakeLastAsync(engine);
        Assert.Equal(["checkpoint at 5"], world.Reports.All);
        Assert.Equal(5UL, taker.Newest.Value);
    }

    [Fact]
    public async Task One_at_a_time_is_taken_and_each_record_of_one_has_the_next_number_of_its_lane()
    {
        var options = new FoldOptions { CheckpointEvents = 5, CheckpointEventsPerTx = 0 };
        using var goesOn = new ManualResetEventSlim();
        await using var world = new FoldWorld(_disk);
        var taker = Taker(world, options);
        var engine = world.Checkpoints.Create();
        Apply(engine, 1, 5);
        _disk.Faults = _ =>
        {
            goesOn.Wait(); // the first one is under way until the second was due
            return DiskFault.None;
        };
        taker.BeginIfDue(engine);
        var first = taker.WaitAsync();
        Apply(engine, 6, 12);
        taker.BeginIfDue(engine);
        Assert.Same(first, taker.WaitAsync());
        goesOn.Set();
        await first;
        _disk.Faults = static _ => DiskFault.None;

        taker.BeginIfDue(engine);
        await taker.WaitAsync();

        Assert.Equal(["checkpoint at 5", "checkpoint at 12"], world.Reports.All);
        Assert.Equal(2UL, world.Log.LastSequence(CheckpointTaker.Lane)!.Value.LocalSeq);
        var records = new List<LogEvent.CheckpointTaken>();
        using var scan = world.Log.Reader.Scan(new GlobalSeq(1));
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                records.Add((LogEvent.CheckpointTaken)LogEvent.Decode(record)!);
            }
        }

        Assert.Equal([5UL, 12UL], records.Select(record => record.At.Value));
        Assert.All(records, record => Assert.Equal(engine.RuleVersion, record.RuleVersion));
        var restored = world.Checkpoints.RestoreNewest(new GlobalSeq(100), _ => Assert.Fail("it is usable"))!;
        Assert.Equal(restored.Digest().ToString(), records[1].Digest.ToString()[^32..]);
    }

    private static CheckpointTaker Taker(FoldWorld world, FoldOptions options) => new(world.Port, world.Checkpoints, options, world.Reports, world.Time);

    /// <summary>Applies record after record and gives each the chance of a checkpoint.</summary>
    private static async Task<(IReadOnlyList<ulong> Taken, IReadOnlyList<ulong> Txs)> RunAsync(FoldWorld world, FoldOptions options)
    {
        var taker = Taker(world, options);
        var engine = world.Checkpoints.Create();
        var taken = new List<ulong>();
        var txs = new List<ulong>();
        for (int seq = 1; seq <= Records; seq++)
        {
            Apply(engine, seq, seq);
            taker.BeginIfDue(engine);
            await taker.WaitAsync();
            txs.Add((ulong)engine.Pool.TxCount);
            if (taker.Newest.Value == (ulong)seq)
            {
                taken.Add((ulong)seq);
            }
        }

        return (taken, txs);
    }

    private static void Apply(ReplayEngine engine, int first, int last) => Apply(engine, first, last, Facts.Pending(Records));

    private static void Apply(ReplayEngine engine, int first, int last, EventBatch facts)
    {
        var records = new RecordEnumerator(GlobalSeq.None.Next, facts.Records.Span);
        for (int seq = 1; seq <= last && records.MoveNext(); seq++)
        {
            if (seq >= first)
            {
                engine.Apply(records.Current);
            }
        }
    }

    private static List<long> TimesOf(EventBatch facts)
    {
        var times = new List<long>();
        var records = new RecordEnumerator(GlobalSeq.None.Next, facts.Records.Span);
        while (records.MoveNext())
        {
            times.Add(records.Current.Timestamp.Value);
        }

        return times;
    }
}
