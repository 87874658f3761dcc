using Mempulse.Cli.Tests.Monitoring;
using Mempulse.Cli.Tests.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Cli.Tests.Traces;

/// <summary><c>mempulse trace export</c> over a log in which an opportunity is detected and ends.</summary>
public sealed class TraceExportTests : IDisposable
{
    private static readonly string s_unknown = "0x" + new string('1', 64);

    private readonly ScratchDirectory _scratch = new();
    private readonly LogEvent.OppDetected _detected;
    private readonly GlobalSeq _first;

    public TraceExportTests()
    {
        var story = OppLog.Story(Log);
        _detected = story.Log.Derived<LogEvent.OppDetected>().First(static found => found.Strategy == "backrun-arbitrage");
        _first = FirstOf(story, _detected.Trigger);
        story.Block("b1", "swap");
        OppLog.Write(Log, story);
    }

    private string Log => _scratch["log"];

    private string TraceId => _detected.Opp.ToString()[2..34];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_trace_is_printed_from_the_first_sighting_to_the_end()
    {
        var run = await CliRun.InProcessAsync("trace", "export", $"{_detected.Opp}", "--data", Log);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.StartsWith($"trace {TraceId}  ", run.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith("  2 spans", run.Lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^  \+ +0\.000 ms +\d+\.\d{3} ms  detect ", run.Lines[1]);
        Assert.Contains($" first_seq={_first} chain=1 opp={_detected.Opp} trigger={_detected.Trigger} strategy=backrun-arbitrage/3 ", run.Lines[1], StringComparison.Ordinal);
        Assert.Matches(@"^  \+ +\d+\.\d{3} ms +0\.000 ms    end +seq=\d+ reason=TriggerIncluded by=0x", run.Lines[2]);
    }

    [Fact]
    public async Task Json_is_a_request_of_OTLP_and_the_same_each_time()
    {
        var run = await CliRun.InProcessAsync("trace", "export", $"{_detected.Opp}", "--data", Log, "--json");
        var again = await CliRun.InProcessAsync("trace", "export", $"{_detected.Opp}", "--data", Log, "--json");

        Assert.Equal(run.Output, again.Output);
        var spans = run.Json["resourceSpans"]![0]!["scopeSpans"]![0]!["spans"]!.AsArray();
        Assert.Equal(["detect", "end"], spans.Select(static span => (string)span!["name"]!));
        Assert.All(spans, span => Assert.Equal(TraceId, (string)span!["traceId"]!));
        Assert.Equal((string)spans[0]!["spanId"]!, (string)spans[1]!["parentSpanId"]!);
    }

    [Fact]
    public async Task It_is_sent_to_a_collector()
    {
        await using var collector = new StatusStub(string.Empty);

        var run = await CliRun.InProcessAsync("trace", "export", $"{_detected.Opp}", "--data", Log, "--otlp", collector.Url);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal($"2 spans of trace {TraceId} sent to {collector.Url}/v1/traces", run.Lines[^1]);
        Assert.Equal("POST /v1/traces HTTP/1.1", collector.Request);
    }

    [Fact]
    public async Task A_collector_that_does_not_take_it_is_a_failure_of_the_environment()
    {
        await using var refusing = new StatusStub(string.Empty) { Status = "400 Bad Request" };
        await using var busy = new StatusStub(string.Empty) { Status = "503 Service Unavailable" };

        var refused = await CliRun.InProcessAsync("trace", "export", $"{_detected.Opp}", "--data", Log, "--otlp", refusing.Url);
        var later = await CliRun.InProcessAsync("trace", "export", $"{_detected.Opp}", "--data", Log, "--otlp", busy.Url);
        var gone = await CliRun.InProcessAsync("trace", "export", $"{_detected.Opp}", "--data", Log, "--otlp", "http://127.0.0.1:1");

        Assert.Equal((3, $"mempulse: The trace was not sent: {refusing.Url}/v1/traces answered with HTTP 400.\n"), (refused.ExitCode, refused.Error));
        Assert.Equal((3, $"mempulse: The trace was not sent: {busy.Url}/v1/traces answered with HTTP 503.\n"), (later.ExitCode, later.Error));
        Assert.Equal(3, gone.ExitCode);
        Assert.StartsWith("mempulse: The trace was not sent: http://127.0.0.1:1/v1/traces cannot be reached: ", gone.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'x' is not a valid id: expected 0x and 64 hex digits.", "x")]
    [InlineData("has no opportunity 0x1111111111111111111111111111111111111111111111111111111111111111.", null)]
    [InlineData("'c' is not a valid address of a collector: expected an http or https address.", null, "--otlp", "c")]
    public async Task What_is_not_valid_is_refused_with_its_reason(string reason, string? id, params string[] options)
    {
        var run = await CliRun.InProcessAsync(["trace", "export", id ?? s_unknown, "--data", Log, .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_without_a_log_is_bad_usage()
    {
        var run = await CliRun.InProcessAsync("trace", "export", s_unknown, "--data", _scratch["nothing"]);

        Assert.Equal(2, run.ExitCode);
    }

    private static GlobalSeq FirstOf(Scenario story, Hash256 tx)
    {
        foreach (var record in story.Log.ScanAfter(GlobalSeq.None))
        {
            if (record.TryGetKey(Primitives.Records.KeyKind.Tx, out var key) && key.Value == tx)
            {
                return record.Seq;
            }
        }

        return GlobalSeq.None;
    }
}
