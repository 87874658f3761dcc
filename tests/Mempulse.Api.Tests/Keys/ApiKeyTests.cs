using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mempulse.Api.Tests.Serving;
using Mempulse.Client;
using Mempulse.Client.Problems;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Tests.Keys;

/// <summary>A node with keys: one that reads, one that operates, and one that may ask twice a minute.</summary>
public sealed partial class ApiKeyTests(ApiKeyTests.NodeWithKeys keyed) : IClassFixture<ApiKeyTests.NodeWithKeys>
{
    internal const string Reader = "mpk_reader";
    internal const string Operator = "mpk_operator";
    private const string Slow = "mpk_slow";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/events")]
    [InlineData("/health")]
    [InlineData("/metrics")]
    [InlineData("/stream")]
    [InlineData("/")]
    [InlineData("/docs")]
    [InlineData("/no/such/route")]
    public async Task Without_a_known_key_nothing_is_answered(string path)
    {
        foreach (var credentials in (AuthenticationHeaderValue?[])[null, new("Bearer", "mpk_guess"), new("Bearer"), new("Basic", "%%%"), new("Digest", Reader)])
        {
            using var answer = await SendAsync(HttpMethod.Get, path, credentials);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal(["Bearer", "Basic"], answer.Headers.WwwAuthenticate.Select(static challenge => challenge.Scheme));
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Theory]
    [InlineData("/alive", "alive\n")]
    [InlineData("/health/live", "alive\n")]
    [InlineData("/health/ready", "ready\n")]
    public async Task A_supervisor_needs_no_key_and_gets_one_word(string path, string word)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null);

        Assert.Equal((HttpStatusCode.OK, word), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop)));
    }

    [Fact]
    public async Task A_key_is_taken_as_a_bearer_token_as_a_header_and_as_the_password_of_a_browser()
    {
        var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anyone:{Reader}")));
        using var bearer = await SendAsync(HttpMethod.Get, "/events?limit=1", new("Bearer", Reader));
        using var page = await SendAsync(HttpMethod.Get, "/", basic);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events?limit=1");
        request.Headers.Add("X-Api-Key", Reader);
        using var header = await keyed.Client.SendAsync(request, Stop);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (bearer.StatusCode, page.StatusCode, header.StatusCode));
    }

    [Fact]
    public async Task A_key_that_reads_may_not_simulate_and_one_that_operates_may()
    {
        using var reader = await SendAsync(HttpMethod.Post, "/simulate", new("Bearer", Reader));
        using var op = await SendAsync(HttpMethod.Post, "/simulate", new("Bearer", Operator));
        using var problem = JsonDocument.Parse(await reader.Content.ReadAsStringAsync(Stop));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest), (reader.StatusCode, op.StatusCode));
        Assert.Equal("This key may read, not operate.", problem.RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_key_beyond_its_limit_is_told_when_to_ask_again()
    {
        for (int i = 0; i < 2; i++)
        {
            using var served = await SendAsync(HttpMethod.Get, "/events?limit=1", new("Bearer", Slow));
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        }

        using var refused = await SendAsync(HttpMethod.Get, "/events?limit=1", new("Bearer", Slow));
        using var other = await SendAsync(HttpMethod.Get, "/events?limit=1", new("Bearer", Reader));

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, other.StatusCode));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        string page = await GetPageAsync();
        var files = AssetOf().Matches(page).Select(static match => match.Value).Distinct().ToList();
        foreach (string file in files)
        {
            using var loaded = await SendAsync(HttpMethod.Get, file, new("Bearer", Slow));
            Assert.Equal(HttpStatusCode.OK, loaded.StatusCode); // the files of a page do not count
        }

        Assert.InRange(files.Count, 3, 100);
        Assert.StartsWith("2 requests a minute used; next in ", JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Stop)).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_socket_needs_a_key_too()
    {
        var address = new UriBuilder(new Uri(keyed.Client.BaseAddress!, "/stream")) { Scheme = "ws" }.Uri;
        using var without = new ClientWebSocket();
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => without.ConnectAsync(address, Stop));
        using var with = new ClientWebSocket();
        with.Options.SetRequestHeader("Authorization", $"Bearer {Reader}");
        await with.ConnectAsync(address, Stop);

        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
        Assert.Equal(WebSocketState.Open, with.State);
    }

    [Fact]
    public async Task The_client_sends_the_key_that_it_is_given()
    {
        var refused = await Assert.ThrowsAsync<ProblemException>(() => new MempulseClient(keyed.Client).ReadStatusAsync(Stop));
        var status = await new MempulseClient(keyed.Client, new MempulseAccess { ApiKey = Reader }).ReadStatusAsync(Stop);

        Assert.Equal((HttpStatusCode.Unauthorized, "1"), (refused.StatusCode, status.Chain));
        Assert.StartsWith("The request has no key that this service knows", refused.Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_other_sites_are_given_no_leave_to_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events?limit=1");
        request.Headers.Authorization = new("Bearer", Reader);
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var answer = await keyed.Client.SendAsync(request, Stop);

        Assert.DoesNotContain(answer.Headers, static header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<string> GetPageAsync()
    {
        using var page = await SendAsync(HttpMethod.Get, "/", new("Bearer", Reader));
        return await page.Content.ReadAsStringAsync(Stop);
    }

    [GeneratedRegex("/assets/[0-9a-f]+/[a-z0-9./-]*[a-z0-9]")]
    private static partial Regex AssetOf();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, AuthenticationHeaderValue? credentials)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = credentials;
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        return await keyed.Client.SendAsync(request, Stop);
    }

    /// <summary>The node, shared by the tests.</summary>
    public sealed class NodeWithKeys : IAsyncLifetime
    {
        private BoundedNode? _node;

        public HttpClient Client => _node!.Client;

        /// <summary>The routes of the node, from the table that answers requests.</summary>
        public IReadOnlyList<RouteEndpoint> Endpoints => _node!.Endpoints;

        public async ValueTask InitializeAsync() => _node = await BoundedNode.StartAsync(Operator, [.. Entry(0, Reader, "Read", 1_000), .. Entry(1, Operator, "Operate", 1_000_000), .. Entry(2, Slow, "Read", 2)]);

        public ValueTask DisposeAsync() => _node!.DisposeAsync();

        private static (string, string)[] Entry(int index, string key, string scope, int limit) =>
        [
            ($"Mempulse:Api:Keys:{index}:Name", key[4..]),
            ($"Mempulse:Api:Keys:{index}:Sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))),
            ($"Mempulse:Api:Keys:{index}:Scope", scope),
            ($"Mempulse:Api:Keys:{index}:RequestsPerMinute", $"{limit}"),
        ];
    }
}
