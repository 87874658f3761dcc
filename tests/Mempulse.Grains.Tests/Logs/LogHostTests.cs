using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Mempulse.Canon;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Folding.Following;
using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Publishing;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.SimulatedDisk;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Streams;

namespace Mempulse.Grains.Tests.Logs;

/// <summary>The logs of a silo: opened before grains, published once they can be reached, and closed after them; with what went wrong on record.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "What the test builds owns its parts.")]
public sealed class LogHostTests : IDisposable
{
    private static readonly ChainId s_main = new(1);
    private static readonly ChainId s_other = new(10);

    private readonly SimulatedFileSystem _disk = new(seed: 31);
    private readonly Measurements _measured = new();
    private readonly LogLines _lines = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_770_000_000));
    private readonly ConcurrentQueue<(string Stream, LogNotice Notice)> _published = [];
    private readonly LogMeter _logMeter;
    private readonly PublisherMeter _publisherMeter;
    private readonly FactMeter _facts;

    public LogHostTests() => (_logMeter, _publisherMeter, _facts) = (new LogMeter(_measured.Meters), new PublisherMeter(_measured.Meters), new FactMeter(_measured.Meters));

    [Fact]
    public async Task Every_chain_is_opened_with_the_first_record_of_its_epoch_and_its_own_parameters()
    {
        var (host, stages) = Create(new LogHostOptions
        {
            Chains = [s_main, s_other],
            Directory = "/data",
            Writer = "silo a",
            FoldByChain = new Dictionary<ChainId, FoldParameters> { [s_other] = new FoldParameters { ConfirmationDepthBlocks = 7 } },
            Files = _disk,
        });

        await stages.StartAsync();

        foreach (var (chain, depth) in new[] { (s_main, FoldParameters.DefaultConfirmationDepthBlocks), (s_other, 7UL) })
        {
            var epoch = EventsOf<LogEvent.EpochStarted>(host.Of(chain)).Single();
            Assert.Equal((chain, "silo a", depth, new Epoch(1)), (epoch.Chain, epoch.Writer, epoch.Parameters.ConfirmationDepthBlocks, epoch.Epoch));
        }

        Assert.Equal(2, _lines.Of(LogLevel.Information).Count(line => line.Contains("open in epoch 1 at 0", StringComparison.Ordinal)));
        Assert.Contains("this silo does not hold it", Assert.Throws<InvalidOperationException>(() => host.Of(new ChainId(5))).Message, StringComparison.Ordinal);
        await stages.StopAsync();
        Assert.Equal(2, _lines.Of(LogLevel.Information).Count(line => line.EndsWith("log closed at 1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Logs_open_before_grains_publish_only_while_grains_can_be_reached_and_close_last()
    {
        var (host, stages) = Create(OneChain());
        Assert.Equal([(nameof(LogHost), ServiceLifecycleStage.ApplicationServices), (nameof(LogPublisher), ServiceLifecycleStage.Active)], stages.All);

        await stages.StartAsync(through: ServiceLifecycleStage.ApplicationServices);
        await host.Of(s_main).AppendAsync(TestLog.Sightings(1, 5), AcknowledgeOn.Pool);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(_published);

        await stages.StartAsync(from: ServiceLifecycleStage.Active);
        await Until.TrueAsync(() => Passes(_published.Any(entry => entry.Notice.Batch?.Last == new GlobalSeq(6))), "what was committed before is published");
        Assert.All(_published, entry => Assert.Equal($"{GrainKeys.LogStreams}/{s_main}", entry.Stream));

        await stages.StopAsync(downTo: ServiceLifecycleStage.Active);
        int published = _published.Count;
        var late = await host.Of(s_main).AppendAsync(TestLog.Sightings(6, 1), AcknowledgeOn.Pool);
        Assert.Equal(new GlobalSeq(7), late.Last); // the log outlives the stream
        Assert.True(IsHeld());

        await stages.StopAsync(from: ServiceLifecycleStage.ApplicationServices);
        Assert.Equal(published, _published.Count);
        Assert.False(IsHeld());
        Assert.Empty(_measured.ReadGauges());
    }

    [Fact]
    public async Task Watermarks_alone_are_published_by_default_at_their_period()
    {
        var (_, stages) = Create(new LogHostOptions { Chains = [s_main], Directory = "/data", Files = _disk });
        await stages.StartAsync();

        await Until.TrueAsync(() => Passes(_published.Any(entry => entry.Notice.Watermark == new GlobalSeq(1))), "the watermark");

        Assert.All(_published, entry => Assert.Null(entry.Notice.Batch));
        await stages.StopAsync();
    }

    [Fact]
    public async Task A_commit_reaches_the_fold_of_this_silo()
    {
        var (host, stages) = Create(OneChain());
        await stages.StartAsync();
        using var follower = new LogFollower(host.Of(s_main).Reader, GlobalSeq.None, new FollowerOptions(), _time);
        host.Of(s_main).Commits.Attach(follower);

        await host.Of(s_main).AppendAsync(TestLog.Sightings(1, 5), AcknowledgeOn.Pool);

        // A commit is acknowledged first and published after that (LOG-RULES 8), so the caller can be ahead of the feed.
        await Until.TrueAsync(() => follower.Watermark == new GlobalSeq(6), "the fold has the commit", limitSeconds: 60);
        await stages.StopAsync();
    }

    [Fact]
    public async Task Damage_that_is_found_while_the_log_runs_is_logged_and_recorded_in_it()
    {
        for (ulong run = 0; run < 2; run++)
        {
            var (host, stages) = Create(OneChain());
            await stages.StartAsync();
            await host.Of(s_main).AppendAsync(TestLog.Sightings((run * 50) + 1, 50), AcknowledgeOn.Pool);
            await stages.StopAsync();
        }

        string oldest = _disk.List("/data/1").Where(name => name.EndsWith(".wal", StringComparison.Ordinal)).Order(StringComparer.Ordinal).First();
        _disk.FlipBit($"/data/1/{oldest}", offset: 4_096 + 60, bit: 3); // in its first frame

        var (again, later) = Create(OneChain());
        await later.StartAsync();

        await Until.TrueAsync(() => Passes(_lines.Of(LogLevel.Error).Any(line => line.StartsWith("Chain 1: the log is damaged;", StringComparison.Ordinal))), "the damage is logged");
        await Until.TrueAsync(() => Passes(again.Of(s_main).LastSequence(DamageRecorder.Lane) is { LocalSeq: 1 }), "the damage is on record");
        Assert.Contains("The log is damaged", again.Of(s_main).ReadStatus().Detail, StringComparison.Ordinal);
        Assert.Contains("mempulse_log_damaged_places{chain=1} 1", _measured.ReadGauges());
        await later.StopAsync();
    }

    [Fact]
    public async Task A_log_that_refuses_the_first_record_is_logged_and_stays_open_with_the_reason_in_its_status()
    {
        // The new segment takes calls of its own, so the first write that fails is the record's: search for it.
        for (long from = 1; !_lines.Of(LogLevel.Error).Any(line => line.StartsWith("Chain 1: the log does not accept records: ", StringComparison.Ordinal)); from++)
        {
            Assert.InRange(from, 1L, 60L);
            var disk = new SimulatedFileSystem(seed: 31) { Faults = call => call.Number >= from ? DiskFault.NoSpace : DiskFault.None };
            var options = OneChain();
            options.Files = disk;
            var (host, stages) = Create(options);
            if (await TryAsync(() => stages.StartAsync()) && host.Of(s_main).ReadStatus() is { State: not LogState.Writable } status)
            {
                Assert.EndsWith(status.Detail, Assert.Single(_lines.Of(LogLevel.Error)), StringComparison.Ordinal);
            }

            disk.Faults = _ => DiskFault.None;
            await stages.StopAsync();
        }
    }

    [Fact]
    public async Task A_log_held_by_another_writer_fails_the_start()
    {
        var (_, first) = Create(OneChain());
        await first.StartAsync();

        var (_, second) = Create(OneChain());
        await Assert.ThrowsAsync<LogLockedException>(() => second.StartAsync());

        await first.StopAsync();
        await second.StopAsync();
    }

    public void Dispose()
    {
        _logMeter.Dispose();
        _publisherMeter.Dispose();
        _facts.Dispose();
        _measured.Dispose();
        _lines.Dispose();
    }

    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static List<T> EventsOf<T>(ChainLog log)
        where T : LogEvent
    {
        var all = new List<T>();
        using var scan = log.Reader.Scan(new GlobalSeq(1));
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                if (LogEvent.Decode(record) is T found)
                {
                    all.Add(found);
                }
            }
        }

        return all;
    }

    private LogHostOptions OneChain() => new()
    {
        Chains = [s_main],
        Directory = "/data",
        Files = _disk,
        Publisher = new PublisherOptions { Content = PublishedContent.Records },
    };

    private bool IsHeld()
    {
        try
        {
            using var taken = EventLog.Open(new EventLogOptions { Directory = "/data/1", Chain = s_main, Files = _disk });
            return false;
        }
        catch (LogLockedException)
        {
            return true;
        }
    }

    private bool Passes(bool holds)
    {
        if (!holds)
        {
            _time.Advance(PublisherOptions.DefaultWatermarkPeriod);
        }

        return holds;
    }

    private (LogHost Host, SiloStages Stages) Create(LogHostOptions options)
    {
        var provider = ScriptedGrain.OfMethods<IStreamProvider>((method, arguments) => method.Name == nameof(IStreamProvider.GetStream)
            ? StreamOf((StreamId)arguments[0]!)
            : throw new NotSupportedException(method.Name));
        var services = new ServiceCollection().AddKeyedSingleton(GrainKeys.LogStreams, provider).BuildServiceProvider();
        var host = new LogHost(Options.Create(options), ScriptedGrain.Factory<IClusterClient>(new Dictionary<string, object>(), services), new HostMeters(_logMeter, _publisherMeter, _facts), new RecentBodies(), _time, _lines, new LogFailure());
        return (host, new SiloStages(host));
    }

    private IAsyncStream<LogNotice> StreamOf(StreamId id) => ScriptedGrain.Of<IAsyncStream<LogNotice>>((method, arguments) =>
    {
        Assert.Equal("OnNextAsync", method);
        _published.Enqueue((id.ToString(), (LogNotice)arguments[0]!));
        return Task.CompletedTask;
    });
}
