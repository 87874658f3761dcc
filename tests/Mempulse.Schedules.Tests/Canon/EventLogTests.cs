using System.Diagnostics.CodeAnalysis;
using Mempulse.Canon;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Scheduling;
using Mempulse.Schedules.Tests.Scenarios;
using Mempulse.Testing.SimulatedDisk;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Schedules.Tests.Canon;

/// <summary>Group commit: the log's writer, its housekeeping and several callers over the simulated disk.</summary>
[SuppressMessage("Reliability", "CA2025:Ensure tasks using IDisposable instances complete before the instances are disposed", Justification = "Each test awaits its tasks before it disposes what they use.")]
public sealed class EventLogTests
{
    private static readonly LaneId[] s_lanes = [LaneId.Of("a"), LaneId.Of("b"), LaneId.Of("c")];

    /// <summary>The writer disposes what this opens.</summary>
    private static readonly Func<EventLogOptions, EventLog> s_open = EventLog.Open;

    [Fact]
    public void Appends_are_durable_dense_and_in_order_when_they_are_acknowledged_and_when_they_are_published() => Explorer.Explore(3_000, seed: 1, async () =>
    {
        var observer = new Published();
        var log = s_open(Options(new SimulatedFileSystem(seed: 1), observer));
        observer.Log = log;
        var acknowledged = new List<AppendResult>();

        await Task.WhenAll(
            Appender(log, s_lanes[0], AcknowledgeOn.Pool, acknowledged),
            Appender(log, s_lanes[1], AcknowledgeOn.Writer, acknowledged),
            Appender(log, s_lanes[2], AcknowledgeOn.Pool, acknowledged));
        var records = ReadAll(log.Reader);
        log.Dispose();

        AssertInOrder(records, perLane: 3);
        Assert.Equal(records, observer.Records);
        Assert.Equal(Enumerable.Range(1, 9), acknowledged.SelectMany(Positions).Order());
    });

    [Fact]
    public void A_log_that_is_disposed_under_its_callers_answers_each_and_keeps_what_it_acknowledged() => Explorer.Explore(2_500, seed: 1, async () =>
    {
        var disk = new SimulatedFileSystem(seed: 1);
        var log = s_open(Options(disk, observer: null));
        var acknowledged = new List<AppendResult>();
        var appending = Task.WhenAll(s_lanes.Select(lane => Tolerant(log, lane, acknowledged)));

        Schedule.Point("dispose");
        log.Dispose();
        await appending;

        AssertKept(disk, acknowledged);
    });

    [Fact]
    public void After_a_sync_that_failed_no_caller_is_acknowledged_and_none_waits() => Explorer.Explore(2_500, seed: 1, async () =>
    {
        var disk = new SimulatedFileSystem(seed: 1);
        var log = s_open(Options(disk, observer: null));
        int syncs = 1 + Schedule.Choose(5);
        disk.Faults = call => call.Kind == DiskCallKind.Sync && call.Path.EndsWith(".wal", StringComparison.Ordinal) && --syncs == 0 ? DiskFault.Error : DiskFault.None;
        var acknowledged = new List<AppendResult>();

        await Task.WhenAll(s_lanes.Select(lane => Tolerant(log, lane, acknowledged)));
        if (log.Failure is not null)
        {
            await Assert.ThrowsAsync<LogFailedException>(() => log.AppendAsync(Sightings.Batch(s_lanes[0], 9, 1), CancellationToken.None).AsTask());
        }

        log.Dispose();
        disk.Faults = _ => DiskFault.None;
        disk.LosePower();

        AssertKept(disk, acknowledged);
    });

    [Fact]
    public void A_refusal_never_concerns_a_batch_that_is_in_the_log() => Explorer.Explore(2_000, seed: 1, async () =>
    {
        var disk = new SimulatedFileSystem(seed: 1);
        using var log = s_open(Options(disk, observer: null, queueCapacityBatches: 2));
        await log.AppendAsync(Sightings.Batch(s_lanes[0], 1, 1), CancellationToken.None);
        disk.Faults = call => call.Kind == DiskCallKind.Write && call.Path.EndsWith(".wal", StringComparison.Ordinal) ? DiskFault.NoSpace : DiskFault.None;

        var refused = Exploration.Run("new", async () => await Assert.ThrowsAsync<LogFullException>(
            () => log.AppendAsync(Sightings.Batch(s_lanes[1], 1, 1), CancellationToken.None).AsTask()));
        var repeated = await log.AppendAsync(Sightings.Batch(s_lanes[0], 1, 1), CancellationToken.None);
        await refused;

        Assert.Equal((0, 1), (repeated.Count, repeated.Duplicates));
    });

    private static EventLogOptions Options(SimulatedFileSystem disk, ICommitObserver? observer, int queueCapacityBatches = 1) => new()
    {
        Directory = "/log",
        Chain = new ChainId(1),
        Files = disk,
        SegmentSizeBytes = 64 << 10,
        QueueCapacityBatches = queueCapacityBatches,
        FrameTargetBytes = 256,
        Observer = observer,
        Time = new FakeTimeProvider(),
    };

    private static Task Appender(EventLog log, LaneId lane, AcknowledgeOn acknowledgeOn, List<AppendResult> acknowledged) => Exploration.Run("appender", async () =>
    {
        for (ulong local = 1; local <= 3; local++)
        {
            var result = await log.AppendAsync(Sightings.Batch(lane, local, 1), acknowledgeOn, CancellationToken.None);
            Assert.True(log.Watermark >= result.Last, "acknowledged before it was durable");
            Assert.True(log.LastSequence(lane)!.Value.LocalSeq >= local, "acknowledged before the lane was committed");
            acknowledged.Add(result);
        }
    });

    private static Task Tolerant(EventLog log, LaneId lane, List<AppendResult> acknowledged) => Exploration.Run("appender", async () =>
    {
        try
        {
            for (ulong local = 1; local <= 3; local++)
            {
                acknowledged.Add(await log.AppendAsync(Sightings.Batch(lane, local, 1), CancellationToken.None));
            }
        }
        catch (LogFailedException)
        {
            Assert.NotNull(log.Failure); // a caller that was refused finds the reason
        }
        catch (ObjectDisposedException)
        {
            // the log is closed
        }
    });

    private static void AssertKept(SimulatedFileSystem disk, List<AppendResult> acknowledged)
    {
        using var reopened = s_open(Options(disk, observer: null));
        var records = ReadAll(reopened.Reader);
        AssertInOrder(records, perLane: null);
        Assert.All(acknowledged, result => Assert.True((int)result.Last.Value <= records.Count, $"position {result.Last} was acknowledged and is lost"));
    }

    /// <summary>Each lane's records are 1, 2, 3 in this order, and nothing is there twice.</summary>
    private static void AssertInOrder(List<(LaneId Lane, int Number)> records, int? perLane)
    {
        foreach (var lane in s_lanes)
        {
            var numbers = records.Where(record => record.Lane == lane).Select(record => record.Number).ToList();
            Assert.Equal(Enumerable.Range(1, perLane ?? numbers.Count), numbers);
        }
    }

    private static IEnumerable<int> Positions(AppendResult result) => Enumerable.Range((int)result.First.Value, result.Count);

    private static List<(LaneId Lane, int Number)> ReadAll(ILogReader reader)
    {
        var all = new List<(LaneId, int)>();
        while (reader.Read(new GlobalSeq((ulong)all.Count + 1), ILogReader.MaxPageBytes) is { } page)
        {
            all.AddRange(Sightings.Read(page));
        }

        return all;
    }

    private sealed class Published : ICommitObserver
    {
        public EventLog? Log { get; set; }

        public List<(LaneId Lane, int Number)> Records { get; } = [];

        public void Committed(SequencedBatch batch)
        {
            Assert.Equal((ulong)Records.Count + 1, batch.First.Value);
            Assert.True(Log!.Watermark >= batch.Last, "published before it was durable");
            Records.AddRange(Sightings.Read(batch));
        }
    }
}
