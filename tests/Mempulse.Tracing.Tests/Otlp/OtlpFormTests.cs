using System.Text.Json;
using Mempulse.Outcomes.Traces;
using Mempulse.Primitives.Events;
using Mempulse.Tracing.Otlp;
using Mempulse.Tracing.Reading;
using Mempulse.Tracing.Tests.Receiving;
using Mempulse.Tracing.Tests.Stories;

namespace Mempulse.Tracing.Tests.Otlp;

/// <summary>JSON and protobuf say the same, and the ids are those of the log.</summary>
public sealed class OtlpFormTests : IDisposable
{
    private static readonly KeyValuePair<string, string>[] s_resource = [new("service.name", "mempulse")];

    private readonly TraceStory _story = new();

    [Fact]
    public void Json_and_protobuf_say_the_same_of_every_span()
    {
        var spans = Spans("a");

        var (binary, resource) = ReceivedSpan.ReadRequest(OtlpProtobuf.Encode(s_resource, spans));
        using var json = JsonDocument.Parse(OtlpJson.Encode(s_resource, spans));

        var whole = Assert.Single(json.RootElement.GetProperty("resourceSpans").EnumerateArray());
        Assert.Equal(resource.Select(static pair => $"{pair.Key}={pair.Value}"), whole.GetProperty("resource").GetProperty("attributes").EnumerateArray().Select(Pair));
        var listed = Assert.Single(whole.GetProperty("scopeSpans").EnumerateArray()).GetProperty("spans").EnumerateArray().ToList();
        Assert.Equal(binary.Select(static span => span.Text), listed.Select(TextOf));
    }

    [Fact]
    public void The_trace_id_is_the_beginning_of_the_opportunity_and_span_ids_are_positions()
    {
        var spans = Spans("a");

        var (binary, _) = ReceivedSpan.ReadRequest(OtlpProtobuf.Encode(s_resource, spans));

        Assert.All(binary, span => Assert.Equal(TraceStory.Id("a").ToString()[2..34], span.TraceId));
        Assert.Equal(spans.Select(static span => $"{span.Id.Value:x16}"), binary.Select(static span => span.SpanId));
        Assert.All(binary, static span => Assert.Equal(span.Attributes["mempulse.seq"], $"{Convert.ToUInt64(span.SpanId, 16)}"));
    }

    [Fact]
    public void The_same_log_gives_the_same_bytes_each_time() =>
        Assert.Equal(OtlpJson.Encode(s_resource, Spans("a")), OtlpJson.Encode(s_resource, OppTraceReader.Read(_story.Log.Reader, Scope, TraceStory.Id("a"), static _ => { }, CancellationToken.None)!));

    [Fact]
    public void An_attempt_without_an_answer_and_one_that_was_not_allowed_to_leave_are_spans_that_failed()
    {
        _story.Begins().Fact(new LogEvent.AttemptRefused(TraceStory.Id("bundle"), "beaver", RelayCommandKind.SendBundle, PreflightRule.EmptyBundle, "It does.", IsDryRun: false));

        var attempts = Read("a").Where(static span => span.Name == SpanName.Attempt).Select(static span => span.Problem);

        Assert.Equal(["no answer is on record", "EmptyBundle"], attempts);
    }

    [Fact]
    public void An_opportunity_that_is_not_in_the_log_has_no_trace() => Assert.Null(OppTraceReader.Read(_story.Seen("swap").Log.Reader, Scope, TraceStory.Id("a"), static _ => { }, CancellationToken.None));

    public void Dispose() => _story.Dispose();

    private static TraceScope Scope => new(TraceStory.Chain, 3);

    private IReadOnlyList<TraceSpan> Spans(string opp)
    {
        _story.Begins().Ends().Simulates(opp, FailureCategory.Revert).Fact(new LogEvent.OppReopened(TraceStory.Id(opp), default, OppEnd.PoolMoved, IsHandedOn: true))
            .Fact(new LogEvent.BundleCancelled(TraceStory.Id("bundle"), BundleEnd.Replaced, By: null)).Fact(new LogEvent.OppInvalidated(TraceStory.Id(opp), default, OppEnd.TriggerIncluded, TraceStory.Id("block")));
        return Read(opp);
    }

    private IReadOnlyList<TraceSpan> Read(string opp) => OppTraceReader.Read(_story.Log.Reader, Scope, TraceStory.Id(opp), static _ => { }, CancellationToken.None)!;

    private static string TextOf(JsonElement span)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in span.GetProperty("attributes").EnumerateArray())
        {
            attributes.Add(attribute.GetProperty("key").GetString()!, Value(attribute.GetProperty("value")));
        }

        var status = span.GetProperty("status");
        string problem = status.TryGetProperty("message", out var message) ? $"{message} ({status.GetProperty("code")})" : string.Empty;
        string links = string.Join(' ', span.GetProperty("links").EnumerateArray().Select(static link => $"{link.GetProperty("traceId")}/{link.GetProperty("spanId")}"));
        return $"{span.GetProperty("traceId")}/{span.GetProperty("spanId")} {(span.TryGetProperty("parentSpanId", out var parent) ? parent : string.Empty)} {span.GetProperty("name")} {span.GetProperty("kind")} {span.GetProperty("startTimeUnixNano")} {span.GetProperty("endTimeUnixNano")} {string.Join(' ', attributes)} {links} {problem} {span.GetProperty("flags")}";
    }

    private static string Pair(JsonElement attribute) => $"{attribute.GetProperty("key")}={Value(attribute.GetProperty("value"))}";

    private static string Value(JsonElement value)
    {
        var only = Assert.Single(value.EnumerateObject());
        return only.Name switch
        {
            "stringValue" or "intValue" => only.Value.GetString()!,
            "boolValue" => only.Value.GetBoolean() ? "true" : "false",
            "arrayValue" => string.Join(',', only.Value.GetProperty("values").EnumerateArray().Select(Value)),
            _ => throw new InvalidDataException($"'{only.Name}' is not a value that we send."),
        };
    }
}
