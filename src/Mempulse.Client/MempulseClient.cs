using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mempulse.Client.Problems;
using Mempulse.Client.Replays;
using Mempulse.Client.Requests;
using Mempulse.Client.Serialization;
using Mempulse.Client.Status;

namespace Mempulse.Client;

/// <summary>A client of a node's API: a method for each route, with typed answers.</summary>
/// <remarks>
/// Thread-safe. The HTTP client is the caller's, who sets its base address, ending in a slash, and its timeout, and disposes it; so one of IHttpClientFactory does.
/// What the node refuses is a <see cref="ProblemException"/>; a node that cannot be reached is another <see cref="HttpRequestException"/>. An answer of a node of
/// another version that lacks a member is a <see cref="ProblemException"/> too; members that it has beyond those known here are ignored.
/// </remarks>
/// <param name="http">Sends the requests.</param>
/// <param name="access">Key and chain; null for neither.</param>
public sealed partial class MempulseClient(HttpClient http, MempulseAccess? access = null)
{
    private const string ProblemType = "application/problem+json";

    private readonly MempulseAccess _access = access ?? new MempulseAccess();

    /// <summary>GET /status: what the process counts.</summary>
    public Task<StatusResponse> ReadStatusAsync(CancellationToken cancellationToken) => GetAsync(Of("status"), ClientJson.Default.StatusResponse, cancellationToken);

    /// <summary>GET /health: the verdict on every chain, also while the node starts or has failed.</summary>
    public async Task<HealthResponse> ReadHealthAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri("health", UriKind.Relative)), HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        return answer.Content.Headers.ContentType?.MediaType == ProblemType
            ? throw await ProblemOfAsync(answer, cancellationToken).ConfigureAwait(false)
            : await ReadAsync(answer, ClientJson.Default.HealthResponse, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>GET /health/ready: "ready", or the class of the reason why not.</summary>
    public async Task<string> ReadReadinessAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri("health/ready", UriKind.Relative)), HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable && answer.Content.Headers.ContentType?.MediaType == "text/plain"
            ? (await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)).TrimEnd()
            : throw await ProblemOfAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>GET /replay: digests at two positions. The state is "running" while the node still computes; ask again then.</summary>
    /// <param name="from">The first position; 0 for the empty state.</param>
    /// <param name="to">The second one; null for the end of the log.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<ReplayResponse> ReplayAsync(ulong from, ulong? to, CancellationToken cancellationToken) =>
        GetAsync(Of("replay").With("from", (ulong?)from).With("to", to), ClientJson.Default.ReplayResponse, cancellationToken);

    /// <summary>GET /cases/{id}: the bytes of a case file. 503 while the node makes it: ask again then.</summary>
    /// <param name="id">The id of a bundle, an opportunity or a simulation, or a transaction's hash.</param>
    /// <param name="at">The position of the log that the case holds for; null for the end of the log.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<byte[]> ExportCaseAsync(string id, ulong? at, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, Of($"cases/{Uri.EscapeDataString(id)}").With("at", at).ToUri()), HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)
            : throw await ProblemOfAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The body of any GET route as the node writes it.</summary>
    /// <param name="path">The path and query, relative to the address of the node.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<string> ReadTextAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, Of(path).ToUri()), HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)
            : throw await ProblemOfAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync(type, cancellationToken).ConfigureAwait(false) ?? throw new JsonException("It is null.");
        }
        catch (JsonException unreadable)
        {
            throw new ProblemException(answer.RequestMessage?.RequestUri, answer.StatusCode, unreadable);
        }
    }

    private static async Task<ProblemException> ProblemOfAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var problem = new ProblemBody();
        if (answer.Content.Headers.ContentType?.MediaType == ProblemType)
        {
            problem = ProblemBody.Of(await ReadAsync(answer, ClientJson.Default.JsonElement, cancellationToken).ConfigureAwait(false));
        }

        return new ProblemException(answer.RequestMessage?.RequestUri, answer.StatusCode, problem, answer.Headers.RetryAfter?.Delta);
    }

    private QueryString Of(string path) => new QueryString(path).With("chain", _access.Chain);

    private Task<T> GetAsync<T>(QueryString query, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        AskAsync(new HttpRequestMessage(HttpMethod.Get, query.ToUri()), type, cancellationToken);

    private Task<TAnswer> PostAsync<TBody, TAnswer>(QueryString query, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken) =>
        AskAsync(new HttpRequestMessage(HttpMethod.Post, query.ToUri()) { Content = JsonContent.Create(body, bodyType) }, type, cancellationToken);

    private async Task<T> AskAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccessStatusCode
            ? await ReadAsync(answer, type, cancellationToken).ConfigureAwait(false)
            : throw await ProblemOfAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request with the key, and disposes it.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using (request)
        {
            request.Headers.Authorization = _access.ApiKey is { } key ? new AuthenticationHeaderValue("Bearer", key) : null;
            return await http.SendAsync(request, completion, cancellationToken).ConfigureAwait(false);
        }
    }
}
