using Mempulse.Canon;
using Mempulse.Folding.Following;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Publishing;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.SimulatedDisk;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mempulse.Grains.Tests.Logs;

/// <summary>A real log on a simulated disk that publishes to the test's own stream.</summary>
internal sealed class TestLog : IAsyncDisposable, ILogStream
{
    /// <summary>The ChainLog disposes what this opens, which the analyzer does not see.</summary>
    private static readonly Func<EventLogOptions, EventLog> _open = EventLog.Open;

    private readonly LogMeter _logMeter;
    private readonly PublisherMeter _publisherMeter;
    private readonly FactMeter _factMeter;

    public TestLog(
        SimulatedFileSystem disk,
        long segmentSizeBytes = 1 << 20,
        PublishedContent content = PublishedContent.Records,
        PublisherOptions? publisher = null,
        TimeProvider? time = null,
        ILogger? lines = null)
    {
        _logMeter = new LogMeter(Measured.Meters);
        _publisherMeter = new PublisherMeter(Measured.Meters);
        _factMeter = new FactMeter(Measured.Meters);
        time ??= TimeProvider.System;
        Publisher = new LogPublisher(Chain, this, publisher ?? new PublisherOptions { Content = content }, _publisherMeter, time, lines ?? NullLogger.Instance);
        var commits = new CommitFeed();
        Events = _open(OptionsOf(disk, segmentSizeBytes, new CommitFanOut(commits, Publisher, new FactCounter(Chain, _factMeter), batch => Bodies.Committed(Chain, batch)), time));
        Log = new ChainLog(new LogLocation(Chain, "/log"), Events, commits, Publisher, _logMeter, time);
        Log.StartPublishing();
    }

    public static ChainId Chain => new(1);

    public static LaneId Lane => LaneId.Of("test");

    public ChainLog Log { get; }

    /// <summary>The log itself.</summary>
    public EventLog Events { get; }

    /// <summary>The bodies that it keeps.</summary>
    public RecentBodies Bodies { get; } = new();

    /// <summary>What its meters measured.</summary>
    public Measurements Measured { get; } = new();

    public LogPublisher Publisher { get; }

    /// <summary>Handles each notice; does nothing unless a test sets it.</summary>
    public Func<LogNotice, Task> OnPublish { get; set; } = _ => Task.CompletedTask;

    public Task PublishAsync(LogNotice notice) => OnPublish(notice);

    /// <summary>Sightings with rising local numbers from <paramref name="first"/>.</summary>
    public static EventBatch Sightings(ulong first, int count)
    {
        var batch = new EventBatch(Lane);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        hash.Clear();
        for (ulong number = first; number < first + (ulong)count; number++)
        {
            BitConverter.TryWriteBytes(hash, number);
            batch.AddSeen(
                new Hash256(hash), SightingVia.HashSubscription, RecordMeta.Fact(Lane, number, new UnixNanoseconds((long)number), SourceId.Of("alpha")));
        }

        return batch;
    }

    /// <summary>Derived events of the first record that no fold derives.</summary>
    public static EventBatch Underived(uint count)
    {
        var batch = new EventBatch(DerivedEvents.Lane);
        for (uint index = 0; index < count; index++)
        {
            batch.Add(new LogEvent.TxExpired(default, TxState.Seen, index), RecordMeta.Derived(DerivedEvents.Lane, new GlobalSeq(1), index, default));
        }

        return batch;
    }

    private static EventLogOptions OptionsOf(SimulatedFileSystem disk, long segmentSizeBytes, CommitFanOut observer, TimeProvider time) => new()
    {
        Directory = "/log",
        Chain = Chain,
        Files = disk,
        Observer = observer,
        Time = time,
        SegmentSizeBytes = segmentSizeBytes,
    };

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        _logMeter.Dispose();
        _publisherMeter.Dispose();
        _factMeter.Dispose();
        Measured.Dispose();
    }
}
