using System.Diagnostics.Metrics;
using Mempulse.Canon;
using Mempulse.Folding.Following;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Publishing;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.SimulatedDisk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mempulse.Grains.Tests.Logs;

/// <summary>A real log on a simulated disk that publishes to the test's own stream.</summary>
internal sealed class TestLog : IAsyncDisposable, ILogStream
{
    /// <summary>The ChainLog disposes what this opens, which the analyzer does not see.</summary>
    private static readonly Func<EventLogOptions, EventLog> _open = EventLog.Open;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LogMeter _logMeter;
    private readonly PublisherMeter _publisherMeter;

    public TestLog(SimulatedFileSystem disk, long segmentSizeBytes = 1 << 20, PublishedContent content = PublishedContent.Records)
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _logMeter = new LogMeter(meters);
        _publisherMeter = new PublisherMeter(meters);
        Publisher = new LogPublisher(Chain, this, new PublisherOptions { Content = content }, _publisherMeter, TimeProvider.System, NullLogger.Instance);
        var commits = new CommitFeed();
        var options = OptionsOf(disk, segmentSizeBytes, new CommitFanOut(commits, Publisher));
        Log = new ChainLog(Chain, _open(options), commits, Publisher, _logMeter, TimeProvider.System);
        Log.StartPublishing();
    }

    public static ChainId Chain => new(1);

    public static LaneId Lane => LaneId.Of("test");

    public ChainLog Log { get; }

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

    private static EventLogOptions OptionsOf(SimulatedFileSystem disk, long segmentSizeBytes, CommitFanOut observer) => new()
    {
        Directory = "/log",
        Chain = Chain,
        Files = disk,
        Observer = observer,
        SegmentSizeBytes = segmentSizeBytes,
    };

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        _logMeter.Dispose();
        _publisherMeter.Dispose();
        await _services.DisposeAsync();
    }
}
