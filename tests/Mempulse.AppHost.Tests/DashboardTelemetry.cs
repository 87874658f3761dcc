using System.Globalization;
using System.Text.Json;

namespace Mempulse.AppHost.Tests;

/// <summary>What Aspire's dashboard has received, by its telemetry API.</summary>
public sealed class DashboardTelemetry(Uri address) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = address };

    /// <summary>The services that sent something of one kind: hasLogs, hasTraces or hasMetrics.</summary>
    public async Task<IReadOnlyList<string>> ServicesAsync(string kind, CancellationToken cancellationToken)
    {
        using var answer = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/api/telemetry/resources", UriKind.Relative), cancellationToken));
        return [.. answer.RootElement.EnumerateArray().Where(resource => resource.GetProperty(kind).GetBoolean()).Select(static resource => resource.GetProperty("name").GetString()!)];
    }

    /// <summary>The spans that it holds.</summary>
    public async Task<IReadOnlyList<DashboardSpan>> SpansAsync(CancellationToken cancellationToken)
    {
        using var answer = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/api/telemetry/spans?limit=10000", UriKind.Relative), cancellationToken));
        var root = answer.RootElement.TryGetProperty("data", out var data) ? data : answer.RootElement;
        return
        [
            .. root.GetProperty("resourceSpans").EnumerateArray().SelectMany(static resource =>
                resource.GetProperty("scopeSpans").EnumerateArray().SelectMany(static scope => scope.GetProperty("spans").EnumerateArray()).Select(span => SpanOf(ServiceOf(resource), span))),
        ];
    }

    public void Dispose() => _client.Dispose();

    private static string ServiceOf(JsonElement resource) => resource.GetProperty("resource").GetProperty("attributes").EnumerateArray()
        .Single(static attribute => attribute.GetProperty("key").GetString() == "service.name").GetProperty("value").GetProperty("stringValue").GetString()!;

    private static DashboardSpan SpanOf(string service, JsonElement span) => new(
        service,
        span.GetProperty("name").GetString()!,
        span.GetProperty("traceId").GetString()!,
        span.GetProperty("spanId").GetString()!,
        span.TryGetProperty("parentSpanId", out var parent) ? parent.GetString() : null,
        DateTimeOffset.UnixEpoch.AddTicks(long.Parse(span.GetProperty("startTimeUnixNano").ToString(), CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick));
}
