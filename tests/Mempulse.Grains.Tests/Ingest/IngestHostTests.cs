using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Abstractions.Sources;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Tests.Logs;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Net.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.SimulatedDisk;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Grains.Tests.Ingest;

/// <summary>The lanes of a silo: each starts where the fold of its chain ends, fails alone, is reported, and is stopped whatever the others do.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "What the test builds owns its parts.")]
[SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The doubles hold the value tasks that they answer with, each read once.")]
public sealed class IngestHostTests : IAsyncDisposable
{
    private static readonly ChainId s_main = new(1);
    private static readonly ChainId s_other = new(10);
    private static readonly FoldedBlock s_block = new(new BlockNumber(7), new Hash256(Enumerable.Repeat((byte)7, 32).ToArray()), default, LacksReceipts: false);
    private static readonly HeldTransactions s_held = new(SourceId.Of("node"), [s_block.Hash]);

    private readonly Measurements _measured = new();
    private readonly LogLines _lines = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_770_000_000));
    private readonly ConcurrentQueue<string> _order = [];
    private readonly ConcurrentQueue<IngestReport> _reports = [];
    private readonly ConcurrentDictionary<ChainId, Func<IReadOnlyList<FoldedBlock>?>> _blocks = new();
    private readonly TestLog _log = new(new SimulatedFileSystem(seed: 14));
    private readonly ScriptedSequencer _sequencer;
    private readonly IngestMeter _meter;
    private Func<Exception?> _reportFailure = () => null;
    private IngestHost? _host;
    private SiloStages? _stages;
    private Task? _stopping;

    public IngestHostTests()
    {
        _meter = new IngestMeter(_measured.Meters);
        _sequencer = new ScriptedSequencer(_log.Log);
        _blocks[s_main] = _blocks[s_other] = () => [s_block];
    }

    private const string Silence = "mempulse_ingest_silence{";

    [Fact]
    public async Task A_lane_starts_once_its_fold_has_caught_up_and_continues_from_what_the_fold_holds()
    {
        IReadOnlyList<FoldedBlock>? blocks = null;
        _blocks[s_main] = () => Volatile.Read(ref blocks);
        var lane = new ScriptedLane("a", _order);
        await StartAsync(Plan(lane, s_main));
        await AdvanceUntilAsync(() => _reports.Count > 3, "reports");
        Assert.Null(lane.Context);

        Volatile.Write(ref blocks, [s_block]);
        await AdvanceUntilAsync(() => _order.Contains("start a"), "the lane starts");

        Assert.Equal([s_block], lane.Context!.Resumed.CanonicalBlocks);
        Assert.Equal([s_held], lane.Context.Resumed.Holdings);
        Assert.Same(_time, lane.Context.Time);
        Assert.Same(_measured.Meters, lane.Context.Meters);
        Assert.Equal(["Chain 1: lane a started"], _lines.Of(LogLevel.Information).Where(line => line.StartsWith("Chain", StringComparison.Ordinal)));
        await lane.Context.Sink.AppendAsync(TestLog.Sightings(1, 3), CancellationToken.None);
        Assert.Equal(3UL, _log.Events.Watermark.Value);
    }

    [Fact]
    public async Task A_fold_that_does_not_answer_yet_is_asked_again()
    {
        var failures = new ConcurrentQueue<Exception>([new TimeoutException("late"), new SiloUnavailableException("gone"), new ArgumentException("no silo hosts it yet")]);
        _blocks[s_main] = () => failures.TryDequeue(out var failure) ? throw failure : [s_block];

        await StartAsync(Plan(new ScriptedLane("a", _order), s_main));
        await AdvanceUntilAsync(() => _order.Contains("start a"), "the lane starts");

        Assert.Equal(3, _lines.Of(LogLevel.Warning).Count(line => line == "Chain 1: the fold does not answer; its lanes wait for it"));
    }

    [Fact]
    public async Task A_chain_whose_fold_never_catches_up_does_not_hold_the_lanes_of_another()
    {
        _blocks[s_main] = () => null;
        var waiting = new ScriptedLane("a", _order);
        await StartAsync(Plan(waiting, s_main), Plan(new ScriptedLane("b", _order), s_other));

        await AdvanceUntilAsync(() => _order.Contains("start b"), "the other chain's lane starts");

        Assert.Null(waiting.Context);
    }

    [Fact]
    public async Task Lanes_of_one_chain_start_in_order_and_share_their_bodies_and_those_of_another_chain_do_not()
    {
        ScriptedLane[] lanes = [new("a", _order), new("b", _order), new("c", _order)];
        await StartAsync(Plan(lanes[0], s_main), Plan(lanes[1], s_main), Plan(lanes[2], s_other));
        await AdvanceUntilAsync(() => _order.Count(entry => entry.StartsWith("start", StringComparison.Ordinal)) == 3, "all start");

        Assert.Equal(["start a", "start b"], _order.Where(entry => entry is "start a" or "start b"));
        Assert.Same(lanes[0].Context!.Decoded, lanes[1].Context!.Decoded);
        Assert.NotSame(lanes[0].Context!.Decoded, lanes[2].Context!.Decoded);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("start")]
    [InlineData("cancelled")]
    [InlineData("fold")]
    public async Task A_lane_that_cannot_be_started_is_disposed_and_reported_and_the_next_one_starts(string at)
    {
        var failure = at == "cancelled" ? new TaskCanceledException("The request timed out.") : (Exception)new IOException("The capture is gone.");
        var broken = new ScriptedLane("a", _order) { StartFailure = at is "start" or "cancelled" ? failure : null };
        if (at == "fold")
        {
            int asked = 0;
            _blocks[s_main] = () => ++asked == 1 ? throw failure : [s_block];
        }

        var plan = Plan(broken, s_main);
        await StartAsync(at == "create" ? plan with { Create = _ => throw failure } : plan, Plan(new ScriptedLane("b", _order), s_main));
        await AdvanceUntilAsync(() => _order.Contains("start b"), "the next lane starts");
        await AdvanceUntilAsync(() => _reports.LastOrDefault() is { } last && last.Lanes[0].Failure.Length > 0, "it is reported");

        var report = _reports.Last().Lanes[0];
        Assert.Equal(("a", false, failure.Message), (report.Name, report.IsRunning, report.Failure));
        Assert.Equal((true, string.Empty), (_reports.Last().Lanes[1].IsRunning, _reports.Last().Lanes[1].Failure));
        Assert.Equal(["Chain 1: cannot start lane a"], _lines.Of(LogLevel.Error));
        Assert.Equal(at is "start" or "cancelled" ? ["dispose a"] : [], _order.Where(entry => entry == "dispose a"));
        await StopAsync();
        Assert.DoesNotContain("stop a", _order);
        Assert.Contains("stop b", _order);
    }

    [Fact]
    public async Task A_report_has_every_figure_of_its_lanes()
    {
        var lane = new ScriptedLane("a", _order) { Status = Busy() };
        await StartAsync(Plan(lane, s_main) with { IsSynthetic = true }, Plan(new ScriptedLane("b", _order), s_other));
        await AdvanceUntilAsync(() => _reports.Any(report => report.Lanes[0] is { Name: "a", Accepted: > 0 }), "the report");

        var report = _reports.Last(report => report.Lanes[0].Name == "a");
        var row = Assert.Single(report.Lanes);
        var source = Assert.Single(row.Sources);
        Assert.Equal(("host", "libsecp256k1"), (report.Host, report.SenderRecovery));
        Assert.InRange(report.Time.Value, 1_770_000_000_000_000_000, 1_770_001_000_000_000_000);
        Assert.Equal((true, true, false, string.Empty), (row.IsRunning, row.IsSynthetic, row.IsLogAvailable, row.Failure));
        Assert.Equal((11L, 12L, 13L, 14L, 15L, 16L), (row.Accepted, row.Decoded, row.Appended, row.QueueDepth, row.QueuePeak, row.QueueCapacity));
        Assert.Equal([new DropReport(DropReason.QueueFull, 17), new DropReport(DropReason.Oversize, 18)], row.Drops);
        Assert.Equal(["No peers."], row.Problems);
        Assert.Equal(("node", "http://node", true, 21L, 22L, 23L, "reset"), (source.Name, source.Endpoint, source.IsConnected, source.Sightings, source.Losses, source.LastHeard.Value, source.LastLoss));
        Assert.Equal(("subscription", "refused", 24L, 25L), (source.Reception, source.Problem, source.ProblemSince.Value, source.LastTry.Value));
        Assert.Null(row.Peers);
        Assert.Equal(
            [
                "mempulse_ingest_connected_sources{chain=1,lane=a} 1", "mempulse_ingest_connected_sources{chain=10,lane=b} 0",
                "mempulse_ingest_queue_capacity_items{chain=1,lane=a} 16", "mempulse_ingest_queue_capacity_items{chain=10,lane=b} 0",
                "mempulse_ingest_queue_items{chain=1,lane=a} 14", "mempulse_ingest_queue_items{chain=10,lane=b} 0",
                "mempulse_ingest_queue_peak_items{chain=1,lane=a} 15", "mempulse_ingest_queue_peak_items{chain=10,lane=b} 0",
            ],
            _measured.ReadGauges().Where(static gauge => !gauge.StartsWith(Silence, StringComparison.Ordinal)));
        Assert.Matches(@"^mempulse_ingest_silence\{chain=1,lane=a\} 177000\d{4} mempulse_ingest_silence\{chain=10,lane=b\} 0$", string.Join(' ', _measured.ReadGauges().Where(static gauge => gauge.StartsWith(Silence, StringComparison.Ordinal)))); // last heard in 1970, and never
        await StopAsync();
        Assert.Empty(_measured.ReadGauges());
    }

    [Fact]
    public async Task Reports_go_on_after_one_that_could_not_be_delivered()
    {
        var failures = new ConcurrentQueue<Exception>([new TimeoutException("late"), new SiloUnavailableException("gone")]);
        _reportFailure = () => failures.TryDequeue(out var failure) ? failure : null;

        await StartAsync(Plan(new ScriptedLane("a", _order), s_main));
        await AdvanceUntilAsync(() => _reports.Count >= 2, "later reports");

        Assert.Equal(2, _lines.Of(LogLevel.Debug).Count(line => line == "Chain 1: cannot deliver the ingest report"));
    }

    [Fact]
    public async Task A_lane_that_fails_or_ends_while_it_runs_is_logged_and_reported()
    {
        var failed = new ScriptedLane("a", _order);
        var ended = new ScriptedLane("b", _order);
        await StartAsync(Plan(failed, s_main), Plan(ended, s_main));
        await AdvanceUntilAsync(() => _order.Contains("start b"), "both start");

        failed.End.SetException(new InvalidOperationException("a bug"));
        ended.End.SetResult();
        await AdvanceUntilAsync(() => _reports.LastOrDefault() is { } last && last.Lanes.All(lane => !lane.IsRunning), "both are reported as ended");
        await AdvanceUntilAsync(() => _lines.All.Any(line => line.Text == "Lane b ended") && _lines.All.Any(line => line.Text == "Lane a failed"), "both are logged");

        Assert.Equal(["a bug", string.Empty], _reports.Last().Lanes.Select(lane => lane.Failure));
        Assert.Equal(["Lane a failed"], _lines.Of(LogLevel.Error));
    }

    [Fact]
    public async Task The_stop_gives_every_lane_its_time_cuts_the_slow_one_and_disposes_them_all()
    {
        ScriptedLane[] lanes =
        [
            new("a", _order) { StopFailure = new InvalidOperationException("a bug") },
            new("b", _order) { StopsWhenCancelled = true },
            new("c", _order),
        ];
        await StartAsync([.. lanes.Select(lane => Plan(lane, s_main))]);
        await AdvanceUntilAsync(() => _order.Contains("start c"), "all start");

        var stopping = StopAsync();
        await Until.TrueAsync(() => _order.Contains("stop b"), "the slow lane is asked to stop");
        Assert.False(stopping.IsCompleted);
        _time.Advance(IngestHostOptions.DefaultStopPatience - TimeSpan.FromTicks(1));
        Assert.DoesNotContain("dispose b", _order);
        _time.Advance(TimeSpan.FromTicks(1));
        await stopping;

        Assert.Equal(
            ["stop c", "dispose c", "stop b", "dispose b", "stop a", "dispose a"], // the last first: it may follow one before it
            _order.Where(entry => !entry.StartsWith("start", StringComparison.Ordinal)));
        Assert.Equal(["Chain 1: lane b stopped before it had appended all its records"], _lines.Of(LogLevel.Warning));
        Assert.Equal(["Lane a failed"], _lines.Of(LogLevel.Error));
    }

    [Fact]
    public async Task A_stop_before_the_fold_has_caught_up_ends_the_wait()
    {
        _blocks[s_main] = () => null;
        await StartAsync(Plan(new ScriptedLane("a", _order), s_main));
        await Until.TrueAsync(() => !_reports.IsEmpty, "the first report");

        await StopAsync();

        Assert.Empty(_order);
        Assert.Empty(_lines.Of(LogLevel.Error));
    }

    [Fact]
    public async Task Lanes_start_after_the_folds()
    {
        await StartAsync();

        Assert.True(Assert.Single(_stages!.All).Stage > ServiceLifecycleStage.Active + 1);
        Assert.Empty(_lines.All);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _host?.Dispose();

        _meter.Dispose();
        await _log.DisposeAsync();
        _measured.Dispose();
        _lines.Dispose();
    }

    private static LaneStatus Busy() => new()
    {
        Name = "a",
        AcceptedCount = 11,
        DecodedCount = 12,
        AppendedCount = 13,
        QueueDepth = 14,
        QueuePeak = 15,
        QueueCapacity = 16,
        LastLocalSeq = 19,
        Drops = [new DropCount(DropReason.QueueFull, 17), new DropCount(DropReason.Oversize, 18)],
        IsLogAvailable = false,
        Problems = ["No peers."],
        Sources =
        [
            new SourceStatus("node", "http://node", true, 21, 22, new UnixNanoseconds(23), "reset")
            {
                Reception = "subscription",
                Problem = "refused",
                ProblemSince = new UnixNanoseconds(24),
                LastTry = new UnixNanoseconds(25),
            },
        ],
    };

    private static LanePlan Plan(ScriptedLane lane, ChainId chain) => new(lane.Name, chain, IsSynthetic: false, context =>
    {
        lane.Context = context;
        return lane;
    });

    private async Task StartAsync(params LanePlan[] plans)
    {
        var grains = new Dictionary<string, object>();
        foreach (var chain in new[] { s_main, s_other })
        {
            grains[$"{nameof(IMempoolGrain)} {chain}"] = ScriptedGrain.Of<IMempoolGrain>((method, _) => method switch
            {
                nameof(IMempoolGrain.CanonicalBlocks) => Answer(() => _blocks[chain]()),
                nameof(IMempoolGrain.GetHoldings) => ValueTask.FromResult<IReadOnlyList<HeldTransactions>>([s_held]),
                _ => throw new NotSupportedException(method),
            });
            grains[$"{nameof(IIngestGrain)} {chain}"] = ScriptedGrain.Of<IIngestGrain>((_, arguments) =>
            {
                if (_reportFailure() is { } failure)
                {
                    return ValueTask.FromException(failure);
                }

                _reports.Enqueue((IngestReport)arguments[0]!);
                return ValueTask.CompletedTask;
            });
            grains[$"{nameof(ISequencerGrain)} {chain}"] = _sequencer.Grain;
        }

        _host = new IngestHost(
            Options.Create(new IngestHostOptions { Lanes = plans, Host = "host", SenderRecovery = "libsecp256k1" }),
            Options.Create(new FoldOptions()),
            ScriptedGrain.Factory<IGrainFactory>(grains),
            _meter,
            _time,
            _lines.For<IngestHost>());
        _stages = new SiloStages(_host);
        await _stages.StartAsync();
    }

    private Task StopAsync() => _stopping ??= _stages?.StopAsync() ?? Task.CompletedTask;

    private static ValueTask<T> Answer<T>(Func<T> answer)
    {
        try
        {
            return ValueTask.FromResult(answer());
        }
#pragma warning disable CA1031 // As a grain does: a failure is in the task.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return ValueTask.FromException<T>(failure);
        }
    }

    private Task AdvanceUntilAsync(Func<bool> condition, string what) => Until.TrueAsync(
        () =>
        {
            bool holds = condition();
            if (!holds)
            {
                _time.Advance(IngestHostOptions.DefaultReportPeriod);
            }

            return holds;
        },
        what);
}
