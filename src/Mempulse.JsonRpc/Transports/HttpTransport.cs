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

    public HttpTransport(Uri url, int maxMessageBytes)
    {
        _url = url;
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
            if (!response.IsSuccessStatusCode)
            {
                int status = (int)response.StatusCode;
                throw new RpcTransportException(TransportFault.Closed, $"The node answered HTTP {status}.") { Refusal = RpcRefusal.OfStatus(status) };
            }

            return JsonDocument.Parse(body);
        }
        catch (HttpRequestException failure)
        {
            bool isTooLong = failure.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded;
            throw isTooLong
                ? new RpcTransportException(TransportFault.ProtocolViolation, "The node's answer exceeds the size limit.", failure)
                : new RpcTransportException(TransportFault.ConnectFailed, $"The HTTP call failed: {failure.HttpRequestError}.", failure);
        }
        catch (JsonException failure)
        {
            throw new RpcTransportException(TransportFault.ProtocolViolation, "The node's answer is not JSON.", failure);
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
