using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Mempulse.Api.Tests.Serving;

/// <summary>What a page of another origin, or a client that sends without end, cannot do.</summary>
[Collection(nameof(RunningNode))]
public sealed class RequestRulesTests(RunningNode node)
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5100")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2:1")]
    [InlineData("[::1]:5100")]
    public async Task A_host_on_this_machine_is_answered(string host) =>
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/health", host)).Status);

    [Theory]
    [InlineData("/events", "attacker.example")]
    [InlineData("/health", "attacker.example:5100")]
    [InlineData("/metrics", "attacker.example")]
    [InlineData("/status", "[2001:db8::1]")]
    [InlineData("/docs", "localhost.attacker.example")]
    [InlineData("/openapi/v1.json", "127.0.0.1.attacker.example")]
    [InlineData("/no-such-thing", "attacker.example")]
    public async Task An_unknown_host_is_refused_on_every_route(string path, string host)
    {
        var (status, type, detail) = await GetAsync(path, host);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, status);
        Assert.Equal("application/problem+json", type);
        Assert.Contains($"'{host}' is not a host of this service", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_probe_is_answered_under_any_name_and_says_one_word(string path)
    {
        var (status, type, body) = await GetAsync(path, "192.0.2.1");

        Assert.Equal((HttpStatusCode.OK, "text/plain"), (status, type));
        Assert.Matches("^(alive|ready)\n$", body);
    }

    [Fact]
    public async Task A_configured_host_is_answered()
    {
        await using var proxied = await BoundedNode.StartAsync(("Mempulse:Api:Hosts:0", "mempulse.example"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { Host = "Mempulse.Example:443" } };

        using var response = await proxied.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/json")]
    public async Task A_body_that_is_not_declared_JSON_is_refused(string? contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"txs":["0x02"]}"""));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using var response = await node.Client.PostAsync(new Uri("/simulate", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("application/json", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Another_origin_gets_no_permission()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { { "Origin", "https://attacker.example" } } };
        using var response = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/simulate") { Headers = { { "Origin", "https://attacker.example" }, { "Access-Control-Request-Method", "POST" } } };
        using var asked = await node.Client.SendAsync(preflight, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, asked.StatusCode);
        Assert.DoesNotContain(asked.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Content-Length: 9000000", "HTTP/1.1 413")]
    [InlineData("Content-Length: 9223372036854775807", "HTTP/1.1 413")]
    [InlineData("Content-Length: -1", "HTTP/1.1 400")]
    public async Task A_body_beyond_its_limit_is_refused_before_it_is_read(string header, string status)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, node.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /simulate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{header}\r\n\r\n"), TestContext.Current.CancellationToken);
        byte[] answer = new byte[4_096];

        int count = await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken);

        Assert.StartsWith(status, Encoding.ASCII.GetString(answer, 0, count), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string? Type, string Body)> GetAsync(string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        using var response = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, System.Text.RegularExpressions.Regex.Unescape(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
