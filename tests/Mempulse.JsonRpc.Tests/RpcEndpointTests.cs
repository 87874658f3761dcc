using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Refusals;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.JsonRpc.Tests;

/// <summary>Which addresses are endpoints, what is shown of them, and that calls go to no other.</summary>
public sealed class RpcEndpointTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ws://node.example:8546/key", null, true, "node.example:8546")]
    [InlineData("wss://node.example/key", null, true, "node.example:443")]
    [InlineData("http://node.example", null, false, "node.example:80")]
    [InlineData("https://user:secret@node.example/key", null, false, "node.example:443")]
    [InlineData("ws://node.example:8546", "http://node.example:8545", true, "node.example:8546")]
    public void An_address_over_a_websocket_can_be_subscribed_to(string address, string? callAddress, bool canSubscribe, string name)
    {
        var endpoint = RpcEndpoint.Parse(null, address, callAddress);

        Assert.Equal((canSubscribe, name, new Uri(callAddress ?? address)), (endpoint.CanSubscribe, endpoint.Name, endpoint.CallUrl));
        Assert.DoesNotContain("key", endpoint.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", endpoint.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("node.example:8546", null, "address")]
    [InlineData("ftp://node.example", null, "address")]
    [InlineData("file:///etc/passwd", null, "address")]
    [InlineData("/v3", null, "address")]
    [InlineData("ws://node.example", "ws://node.example", "call address")]
    [InlineData("ws://node.example", "node.example", "call address")]
    public void Other_addresses_are_refused_without_repeating_them(string address, string? callAddress, string which)
    {
        Assert.False(RpcEndpoint.TryParse("a", address, callAddress, out _, out string? problem));

        Assert.StartsWith($"The {which} is not a valid RPC endpoint", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("node.example", problem, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => RpcEndpoint.Parse("a", address, callAddress));
    }

    /// <summary>A redirect would send requests, and with them what is observed here, to an address that was not configured.</summary>
    [Fact]
    public async Task A_redirect_is_a_refusal_and_not_followed()
    {
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        using var node = new TcpListener(IPAddress.Loopback, 0);
        node.Start();
        await using var client = new RpcClient(
            new Uri($"http://{node.LocalEndpoint}/"), new RpcConnectionOptions { CallRetries = 0 }, TimeProvider.System, new RpcMeter(UnhostedMeters.Shared, new ChainId(1), "test"));
        var calling = client.CallAsync(new RpcCall("eth_chainId"), Cancelled);
        using var connection = await node.AcceptTcpClientAsync(Cancelled);

        await connection.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://{elsewhere.LocalEndpoint}/\r\nContent-Length: 0\r\n\r\n"), Cancelled);

        using var answers = await calling;
        Assert.Equal((RefusalKind.Other, 307), (answers[0].Refusal.Kind, answers[0].Refusal.Code));
        Assert.False(elsewhere.Pending());
    }

    [Theory]
    [InlineData("""{"error":{"code":-32005,"message":"rate limit exceeded","data":{"retry after":"7s"}}}""", 7)]
    [InlineData("""{"error":{"code":-32005,"message":"rate limit exceeded, retry after 3s","data":{"retry after":"7s"}}}""", 3)]
    [InlineData("""{"error":{"code":-32005,"message":"rate limit exceeded"}}""", null)]
    [InlineData("""{"error":{"code":-32000,"message":"execution reverted","data":{"retry after":"7s"}}}""", null)]
    public void The_time_to_wait_may_be_in_the_data_of_an_error(string json, int? seconds)
    {
        using var message = JsonDocument.Parse(json);

        Assert.Equal(seconds is null ? null : TimeSpan.FromSeconds(seconds.Value), RpcAnswer.Read(message.RootElement).Refusal.RetryAfter);
    }
}
