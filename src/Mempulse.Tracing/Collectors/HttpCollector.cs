using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Google.Protobuf;
using Mempulse.Outcomes.Traces;
using Mempulse.Tracing.Otlp;

namespace Mempulse.Tracing.Collectors;

/// <summary>A collector over HTTP.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#otlphttp: 429, 502, 503 and 504 are tried again, other errors are not.</remarks>
internal sealed class HttpCollector : ISpanCollector
{
    private const int MaxAnswerBytes = 64 << 10;

    /// <summary>Shared by all collectors, because it pools connections by address. A redirect is not followed: the headers may be credentials.</summary>
    private static readonly SocketsHttpHandler s_handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false };

    private readonly OtlpTarget _settings;
    private readonly HttpClient _client;

    public HttpCollector(OtlpTarget settings)
    {
        _settings = settings;
        _client = new HttpClient(s_handler, disposeHandler: false)
        {
            Timeout = settings.Timeout,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
    }

    /// <inheritdoc/>
    public async Task<CollectorAnswer> ExportAsync(IReadOnlyList<TraceSpan> spans, CancellationToken cancellationToken)
    {
        using var request = RequestOf(spans);
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return AnswerOf(response, body);
        }
        catch (HttpRequestException failure)
        {
            return new CollectorAnswer.NotNow($"{_settings.Endpoint} cannot be reached: {failure.Message}", After: null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CollectorAnswer.NotNow($"{_settings.Endpoint} did not answer within {_settings.Timeout}.", After: null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private HttpRequestMessage RequestOf(IReadOnlyList<TraceSpan> spans)
    {
        bool isJson = _settings.Protocol == OtlpProtocol.HttpJson;
        var content = new ByteArrayContent(isJson ? OtlpJson.Encode(_settings.Resource, spans) : OtlpProtobuf.Encode(_settings.Resource, spans));
        content.Headers.ContentType = new MediaTypeHeaderValue(isJson ? "application/json" : "application/x-protobuf");
        var request = new HttpRequestMessage(HttpMethod.Post, _settings.Endpoint) { Content = content };
        foreach (var (name, value) in _settings.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private CollectorAnswer AnswerOf(HttpResponseMessage response, byte[] body)
    {
        string standing = $"{_settings.Endpoint} answered with HTTP {(int)response.StatusCode}.";
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => TakenOf(body),
            HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                new CollectorAnswer.NotNow(standing, response.Headers.RetryAfter?.Delta),
            _ => new CollectorAnswer.Never(standing),
        };
    }

    private CollectorAnswer.Taken TakenOf(byte[] body)
    {
        try
        {
            var (refused, reason) = _settings.Protocol == OtlpProtocol.HttpJson ? PartialOf(body) : OtlpProtobuf.DecodeAnswer(body);
            return new CollectorAnswer.Taken(refused, reason);
        }
        catch (Exception unreadable) when (unreadable is InvalidProtocolBufferException or JsonException)
        {
            return new CollectorAnswer.Taken(Refused: 0, string.Empty); // it is taken; the body only says what is not
        }
    }

    private static (long Refused, string Reason) PartialOf(byte[] body)
    {
        if (body.Length == 0)
        {
            return (0, string.Empty);
        }

        using var json = JsonDocument.Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("partialSuccess", out var partial) || partial.ValueKind != JsonValueKind.Object)
        {
            return (0, string.Empty);
        }

        long refused = partial.TryGetProperty("rejectedSpans", out var number) && long.TryParse(number.ToString(), out long count) ? count : 0;
        return (refused, partial.TryGetProperty("errorMessage", out var reason) ? reason.ToString() : string.Empty);
    }
}
