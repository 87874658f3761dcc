using System.Diagnostics.Metrics;
using Mempulse.Observability;
using Mempulse.Outcomes.Traces;
using Mempulse.Testing.Waiting;
using Mempulse.Tracing.Collectors;
using Mempulse.Tracing.Exporting;
using Mempulse.Tracing.Otlp;
using Mempulse.Tracing.Reading;
using Mempulse.Tracing.Tests.Receiving;
using Mempulse.Tracing.Tests.Stories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Tracing.Tests.Exporting;

/// <summary>A collector that has nothing but spans knows the chain of an opportunity, whatever happens in between.</summary>
public sealed class TraceExporterTests : IAsyncDisposable
{
    private const ulong Depth = 3;

    private const string Whole = "detect > simulate ok > build > attempt 1 titan RateLimited > attempt 2 titan None > outcome landed";

    private static readonly string s_a = TraceOf("a");
    private static readonly string s_b = TraceOf("b");

    private readonly TraceStory _story = new();
    private readonly List<string> _reported = [];
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private SpanReceiver _receiver = null!;
    private TraceMeter? _meter;

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    [Theory]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    [InlineData(OtlpProtocol.Grpc)]
    public async Task The_chain_is_rebuilt_from_spans_alone(OtlpProtocol protocol)
    {
        await StartReceiverAsync();
        await using var exporter = Export(protocol: protocol);

        _story.Begins().Ends();

        await UntilAsync(() => Chain.Of(_receiver.Spans, s_a) == Whole && Chain.Of(_receiver.Spans, s_b) == Whole, "both chains arrived");
        Assert.Equal("mempulse", _receiver.Resource["service.name"]);
        Assert.Equal("secret", _receiver.Header);
        var build = Assert.Single(_receiver.Spans, span => span.Name == "build" && span.TraceId == s_a);
        Assert.Equal([$"{s_b}/{build.SpanId}"], build.Links); // the same bundle in the other trace
        Assert.All(_receiver.Spans, static span => Assert.True(span.Start <= span.End && span.Flags == 1));
    }

    [Fact]
    public async Task A_trace_is_exported_once_more_as_a_whole_with_the_same_ids_and_times()
    {
        await StartReceiverAsync();
        await using var exporter = Export();
        _story.Begins().Ends();
        await UntilAsync(() => Chain.Of(_receiver.Spans, s_a) == Whole, "the chain arrived");
        var live = _receiver.Spans;

        _story.BlocksTo(102, 101 + Depth);

        await UntilAsync(() => _receiver.Spans.Count == 2 * live.Count, "everything arrived twice");
        Assert.Equal(live.Select(static span => span.Text).Order(StringComparer.Ordinal), _receiver.Spans.Skip(live.Count).Select(static span => span.Text).Order(StringComparer.Ordinal));
        var exported = OppTraceReader.Read(_story.Log.Reader, new TraceScope(TraceStory.Chain, Depth), TraceStory.Id("a"), static _ => { }, CancellationToken.None)!;
        Assert.Equal(live.Where(static span => span.TraceId == s_a).Select(static span => span.SpanId), exported.OrderBy(static span => span.End).ThenBy(static span => span.Id).Select(static span => $"{span.Id.Value:x16}"));
    }

    [Theory]
    [InlineData(true, TraceForm.LiveAndWhole)]
    [InlineData(false, TraceForm.Whole)]
    public async Task A_collector_that_drops_what_comes_30_seconds_after_the_first_has_the_chain(bool forgets, TraceForm form)
    {
        var sampler = new TailSampler(_clock, forgets);
        await StartReceiverAsync();
        _receiver.Keeps = sampler.Keep;
        await using var exporter = Export(form);
        _story.Begins();
        await ExportedAsync();
        Assert.Equal(form == TraceForm.Whole ? 0 : 2, _receiver.Spans.Count(static span => span.Name == "build"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        _story.Ends();
        await (form == TraceForm.Whole
            ? Task.CompletedTask
            : UntilAsync(() => _receiver.Spans.Count(static span => span.Name == "outcome") == 2, "the second part arrived"));
        _clock.Advance(TimeSpan.FromMinutes(13));

        _story.BlocksTo(102, 101 + Depth);

        await UntilAsync(() => LastDecision(sampler, s_a) == Whole && LastDecision(sampler, s_b) == Whole, "the last decision has the whole chain");
    }

    [Fact]
    public async Task A_restart_in_between_neither_loses_nor_changes_a_span()
    {
        await StartReceiverAsync();
        await using (Export())
        {
            _story.Begins();
            await ExportedAsync(); // one that is stopped between an answer and its note exports those spans again
        }

        _story.Close();
        _story.Ends();
        await using var exporter = Export();

        await UntilAsync(() => Chain.Of(_receiver.Spans, s_a) == Whole && Chain.Of(_receiver.Spans, s_b) == Whole, "the chain arrived");
        Assert.Equal(2, _receiver.Spans.Count(static span => span.Name == "detect")); // it went on where it was
        _story.BlocksTo(102, 101 + Depth);
        await UntilAsync(() => _receiver.Spans.Count(static span => span.Name == "outcome") == 4, "the whole traces arrived");
        Assert.All(_receiver.Spans.GroupBy(static span => (span.TraceId, span.SpanId)), static same => Assert.Single(same.Select(static span => span.Text).Distinct()));
    }

    [Fact]
    public async Task A_collector_that_hangs_refuses_or_is_gone_loses_nothing_and_holds_up_nobody()
    {
        await StartReceiverAsync();
        using var released = new CancellationTokenSource();
        _receiver.Answer = async (number, context) =>
        {
            if (number == 1)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default); // until the time-out cuts it
            }

            return number <= 3 ? 503 : null;
        };
        await using var exporter = Export(timeout: TimeSpan.FromMilliseconds(200), time: new HastyTime());

        _story.Begins().Ends(); // returns although the first request hangs

        await UntilAsync(() => Chain.Of(_receiver.Spans, s_a) == Whole && Chain.Of(_receiver.Spans, s_b) == Whole, "the chain arrived");
        await UntilAsync(() => _reported is [.., ""], "it says that it goes on");
        Assert.Contains(_reported, static problem => problem.Contains("did not answer within", StringComparison.Ordinal));
        Assert.Contains(_reported, static problem => problem.Contains("HTTP 503", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Spans_that_the_collector_refuses_for_good_are_counted()
    {
        await StartReceiverAsync();
        _receiver.Answer = static (number, _) => Task.FromResult<int?>(number == 1 ? 400 : null);
        _receiver.Body = [0x0A, 0x02, 0x08, 0x01]; // partial success: one span refused
        var counted = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "mempulse_trace_spans" && ReferenceEquals(instrument.Meter.Scope, Meters))
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (counted)
            {
                string outcome = (string)tags[1].Value!;
                counted[outcome] = counted.GetValueOrDefault(outcome) + value;
            }
        });
        listener.Start();
        await using var exporter = Export();

        _story.Block(100).Seen("swap").Detects("a");
        await UntilAsync(() => _receiver.Requests == 1, "the first was refused");
        _story.Simulates("a").Simulates("a");
        await UntilAsync(() => _receiver.Spans.Count == 2, "the others arrived");

        await UntilAsync(() => Total(counted) == 3, "each span is counted");
        Assert.Contains(_reported, static problem => problem.Contains("HTTP 400", StringComparison.Ordinal));
        Assert.InRange(counted["refused"], 2, 3); // the two came in one request or in two
    }

    public async ValueTask DisposeAsync()
    {
        _meter?.Dispose();
        if (_receiver is not null)
        {
            await _receiver.DisposeAsync();
        }

        _story.Dispose();
        await _services.DisposeAsync();
    }

    private static long Total(SortedDictionary<string, long> counted)
    {
        lock (counted)
        {
            return counted.Values.Sum();
        }
    }

    private static string TraceOf(string opp) => Convert.ToHexStringLower(SpanIds.TraceOf(TraceStory.Id(opp)));

    private static string LastDecision(TailSampler sampler, string trace) =>
        sampler.Decisions.TryGetValue(trace, out var decisions) ? Chain.Of([.. decisions[^1]], trace) : string.Empty;

    private static Task UntilAsync(Func<bool> condition, string what) => Until.TrueAsync(condition, what, limitSeconds: 60);

    /// <summary>Waits until everything so far is exported, and the exporter has noted it.</summary>
    private Task ExportedAsync() =>
        UntilAsync(() => File.ReadAllText(Path.Combine(_story.Directory, "traces.json")).Contains($"\"next\":{_story.Last.Next},", StringComparison.Ordinal), "everything is exported");

    private async Task StartReceiverAsync() => _receiver = await SpanReceiver.StartAsync();

    private TraceExporter Export(TraceForm form = TraceForm.LiveAndWhole, OtlpProtocol protocol = OtlpProtocol.HttpProtobuf, TimeSpan? timeout = null, TimeProvider? time = null)
    {
        var settings = new OtlpTarget
        {
            Endpoint = new Uri(protocol == OtlpProtocol.Grpc ? _receiver.Grpc : _receiver.Http + "/v1/traces"),
            Protocol = protocol,
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
            Headers = [new("x-key", "secret")],
            Resource = OtlpTarget.ResourceOf(static _ => null),
        };
        _ = _story.Log; // it exists before anyone follows it
        var setup = new TraceExporterSetup
        {
            Scope = new TraceScope(TraceStory.Chain, Depth),
            Form = form,
            Directory = _story.Directory,
            Time = time ?? TimeProvider.System,
            Reported = problem =>
            {
                lock (_reported)
                {
                    _reported.Add(problem);
                }
            },
        };
        return new TraceExporter(_story.Log.Reader, setup, SpanCollector.Of(settings), _meter ??= new TraceMeter(Meters));
    }

    /// <summary>A clock whose delays are a hundredth of what is asked for.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, dueTime / 100, period);
    }
}
