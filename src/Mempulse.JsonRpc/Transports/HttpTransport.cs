using System.Net.Http.Headers;
using System.Text.Json;
using Mempulse.JsonRpc.Refusals;

namespace Mempulse.JsonRpc.Transports;

/// <summary>JSON-RPC over HTTP POST.</summary>
internal sealed class HttpTransport : IRpcTransport
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    /// <summary>Shared by all clients, because it pools connections by address.</summary>
    private static readonly SocketsHttpHandler s_handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false };

    private readonly HttpClient _client;
    private readonly Uri _url;
    private readonly TimeProvider _time;

    public HttpTransport(Uri url, int maxMessageBytes, TimeProvider time)
    {
        _url = url;
        _time = time;
        _client = new HttpClient(s_handler, disposeHandler: false)
        {
            MaxResponseContentBufferSize = maxMessageBytes,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task<JsonDocument> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(request);
            content.Headers.ContentType = s_json;
            using var response = await _client.PostAsync(_url, content, cancellationToken).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? JsonDocument.Parse(body) : ReadRefusal(response, body);
        }
        catch (HttpRequestException failure)
        {
            throw failure.HttpRequestError switch
            {
                HttpRequestError.ConfigurationLimitExceeded => new RpcTransportException(TransportFault.ProtocolViolation, "The node's answer exceeds the size limit.", failure),
                HttpRequestError.ResponseEnded => new RpcTransportException(TransportFault.Closed, "The node closed the connection without an answer.", failure),
                HttpRequestError.Unknown when failure.InnerException is IOException => new RpcTransportException(TransportFault.Closed, "The connection broke.", failure),
                _ => new RpcTransportException(TransportFault.ConnectFailed, ConnectFailureText.Of(failure), failure),
            };
        }
        catch (JsonException failure)
        {
            throw new RpcTransportException(TransportFault.ProtocolViolation, "The node's answer is not JSON.", failure);
        }
    }

    /// <summary>Returns the JSON-RPC message that came with an unsuccessful status. A rate limit, or a status without a message, is thrown as a refusal.</summary>
    private JsonDocument ReadRefusal(HttpResponseMessage response, byte[] body)
    {
        int status = (int)response.StatusCode;
        var refusal = RpcRefusal.OfStatus(status, RetryAfter.InHeader(response.Headers.RetryAfter, _time.GetUtcNow()));
        var message = TryParse(body);
        if (refusal.Kind == RefusalKind.RateLimited)
        {
            // Status and header decide; the message may state the time that the header does not.
            var said = refusal.RetryAfter ?? (message is null ? null : RetryAfter.InText(message.RootElement.GetRawText()));
            message?.Dispose();
            refusal = refusal with { RetryAfter = said };
        }
        else if (message is not null)
        {
            return message;
        }

        throw new RpcTransportException(TransportFault.Closed, $"The node answered HTTP {status}.") { Refusal = refusal };
    }

    /// <summary>Parses a response object with a result or an error, or a list; null for anything else.</summary>
    private static JsonDocument? TryParse(byte[] body)
    {
        try
        {
            var message = JsonDocument.Parse(body);
            var root = message.RootElement;
            if (root.ValueKind == JsonValueKind.Array
                || (root.ValueKind == JsonValueKind.Object && (root.TryGetProperty("error"u8, out _) || root.TryGetProperty("result"u8, out _))))
            {
                return message;
            }

            message.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null; // a page of a proxy
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
