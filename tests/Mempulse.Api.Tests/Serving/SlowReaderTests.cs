using System.Net;
using System.Net.Sockets;
using System.Text;
using Mempulse.Testing.Waiting;

namespace Mempulse.Api.Tests.Serving;

/// <summary>Clients that request pages and never read them hold a bounded number of bytes, and others are answered.</summary>
[Collection(nameof(Alone))]
public sealed class SlowReaderTests
{
    private const int Readers = 200;
    private const long BudgetBytes = 16L << 20;

    [Fact]
    public async Task Readers_that_never_read_hold_the_budget_at_most_and_others_are_refused_while_health_answers()
    {
        await using var node = await BoundedNode.StartAsync(("Mempulse:Api:MaxResponseBytes", $"{BudgetBytes}"), ("Mempulse:Api:MinBytesPerSecond", "1"));
        var sockets = new List<Socket>();
        try
        {
            for (int i = 0; i < Readers; i++)
            {
                sockets.Add(await AskAsync(node.Client.BaseAddress!, "/events?limit=1000"));
            }

            string[] answers = await Task.WhenAll(sockets.Select(StatusAsync));

            Assert.InRange(node.Responses.TakenBytes, BudgetBytes / 2, BudgetBytes);
            Assert.Contains("HTTP/1.1 200", answers);
            Assert.Contains("HTTP/1.1 503", answers);
            Assert.DoesNotContain(answers, answer => answer is not ("HTTP/1.1 200" or "HTTP/1.1 503"));
            string refused = await RestAsync(sockets[Array.IndexOf(answers, "HTTP/1.1 503")]);
            Assert.Contains("Retry-After: 1", refused, StringComparison.Ordinal);
            Assert.Contains("application/problem+json", refused, StringComparison.Ordinal);
            foreach (string probe in new[] { "/health", "/alive", "/metrics" })
            {
                using var health = await node.Client.GetAsync(new Uri(probe, UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.OK, health.StatusCode);
            }
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        await Until.TrueAsync(() => Task.FromResult(node.Responses.TakenBytes == 0), "the bytes of clients that left are free");
        Assert.Contains("\"events\"", await node.Client.GetStringAsync(new Uri("/events?limit=1000", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("mempulse_api_refused_total{", await node.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_below_the_minimum_rate_is_cut_off()
    {
        await using var node = await BoundedNode.StartAsync(("Mempulse:Api:MinBytesPerSecond", "1073741824"));
        using var socket = await AskAsync(node.Client.BaseAddress!, "/events?limit=1000");

        Assert.Equal("HTTP/1.1 200", await StatusAsync(socket));
        await Until.TrueAsync(() => Task.FromResult(node.Responses.TakenBytes == 0), "the reader is cut off", limitSeconds: 60);
    }

    [Fact]
    public async Task Requests_beyond_those_that_may_wait_are_refused()
    {
        await using var node = await BoundedNode.StartAsync(("Mempulse:Api:MaxRequests", "1"), ("Mempulse:Api:MaxWaitingRequests", "0"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => node.Client.GetAsync(new Uri("/events?limit=1000", UriKind.Relative), TestContext.Current.CancellationToken)));

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(refused.Headers.RetryAfter);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    private static async Task<Socket> AskAsync(Uri address, string path)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"), TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<string> StatusAsync(Socket socket)
    {
        byte[] status = new byte["HTTP/1.1 200".Length];
        int count = 0;
        while (count < status.Length && await socket.ReceiveAsync(status.AsMemory(count), TestContext.Current.CancellationToken) is > 0 and int read)
        {
            count += read;
        }

        return Encoding.ASCII.GetString(status, 0, count);
    }

    /// <summary>The headers after the status.</summary>
    private static async Task<string> RestAsync(Socket socket)
    {
        byte[] rest = new byte[4_096];
        string text = string.Empty;
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal) && await socket.ReceiveAsync(rest, TestContext.Current.CancellationToken) is > 0 and int read)
        {
            text += Encoding.ASCII.GetString(rest, 0, read);
        }

        return text;
    }
}
