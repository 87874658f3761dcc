using System.Net;
using System.Net.Http.Headers;
using Mempulse.Builder.Answers;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Requests;
using Mempulse.JsonRpc.Refusals;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Sending;

/// <summary>Sends requests over HTTP POST. Safe for any thread.</summary>
public sealed class HttpRelayClient : IRelayClient, IDisposable
{
    /// <summary>How long an answer may take unless the caller says otherwise: a slot has twelve seconds.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(3);

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly RelayAddresses _addresses;
    private readonly RelayHttp _http;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly RelayLimiter _limiter;

    /// <summary>Creates a client.</summary>
    /// <param name="dialect">The builder.</param>
    /// <param name="addresses">Where it is reached.</param>
    /// <param name="http">The connections; shared with other clients, and not disposed of here.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long an answer may take.</param>
    public HttpRelayClient(RelayDialect dialect, RelayAddresses addresses, RelayHttp http, TimeProvider time, TimeSpan patience)
    {
        Dialect = dialect;
        _addresses = addresses;
        _http = http;
        _time = time;
        _patience = patience;
        _limiter = new RelayLimiter(dialect);
    }

    /// <inheritdoc/>
    public RelayDialect Dialect { get; }

    /// <inheritdoc/>
    public bool TryTakePermit(RelayMethod method, out TimeSpan wait) => _limiter.TryTake(method, out wait);

    /// <inheritdoc/>
    public async Task<AttemptResult> SendAsync(RelayRequest request, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        var answer = await ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
        return new AttemptResult(answer, _time.GetElapsedTime(start));
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    private async Task<RelayAnswer> ExchangeAsync(RelayRequest request, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var message = MessageOf(request);
            using var response = await _http.SendAsync(message, either.Token).ConfigureAwait(false);
            var (body, isCut) = await BoundedBody.ReadAsync(response.Content, RelayHttp.MaxAnswerBytes, either.Token).ConfigureAwait(false);
            var wait = RetryAfter.InHeader(response.Headers.RetryAfter, _time.GetUtcNow());
            return AnswerClassifier.Classify(new HttpAnswer((int)response.StatusCode, body, isCut, response.Content.Headers.ContentType?.MediaType, wait), request.Id);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler ends an attempt to connect with the same exception; our own patience has then not run out.
            return patience.IsCancellationRequested
                ? new RelayAnswer { Class = ErrorClass.NoAnswer, Message = "No whole answer in time." }
                : new RelayAnswer { Class = ErrorClass.NotConnected, Message = "The connection did not come up in time." };
        }
        catch (HttpRequestException failure)
        {
            return TransportFaults.Classify(failure);
        }
        catch (IOException)
        {
            return new RelayAnswer { Class = ErrorClass.ConnectionLost, Message = "The connection broke within the answer." };
        }
    }

    private HttpRequestMessage MessageOf(RelayRequest request)
    {
        var content = new ReadOnlyMemoryContent(request.Body);
        content.Headers.ContentType = Json;
        var message = new HttpRequestMessage(HttpMethod.Post, _addresses.For(request.Use))
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (request.HeaderName is not null)
        {
            message.Headers.TryAddWithoutValidation(request.HeaderName, request.HeaderValue);
        }

        return message;
    }
}
