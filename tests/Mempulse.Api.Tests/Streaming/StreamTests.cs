using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Mempulse.Api.Tests.Serving;

namespace Mempulse.Api.Tests.Streaming;

/// <summary>GET /stream of a node that has played the shipped capture, as a client sees it.</summary>
[Collection(nameof(RunningNode))]
public sealed class StreamTests(RunningNode node)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_stream_of_the_log_has_the_events_of_its_pages_in_the_same_text_with_their_positions()
    {
        var page = await node.GetAsync("/events?after=100&limit=50");
        var expected = page.GetProperty("events").EnumerateArray().Select(static one => (Id: one.GetProperty("seq").GetRawText(), Type: one.GetProperty("type").GetString()!, Text: one.GetRawText()));

        var (headers, items) = await ReadAsync("/stream?after=100&limit=50");

        Assert.Equal("text/event-stream", headers.ContentType!.MediaType);
        Assert.Equal(("100", "hello"), (items[0].Id, items[0].Name));
        Assert.Equal(expected, items.Skip(1).Select(static item => (item.Id, item.Name, item.Data)));
    }

    [Fact]
    public async Task A_stream_that_does_not_follow_ends_at_the_end_of_the_log()
    {
        var (_, items) = await ReadAsync("/stream?after=0&follow=false");

        var hello = JsonDocument.Parse(items[0].Data).RootElement;
        Assert.True(hello.GetProperty("synthetic").GetBoolean());
        Assert.Equal(Enumerable.Range(1, items.Count - 1).Select(static seq => $"{seq}"), items.Skip(1).Select(static item => item.Id));
        Assert.Equal(hello.GetProperty("watermark").GetInt32(), items.Count - 1);
    }

    [Fact]
    public async Task A_browser_that_connects_again_goes_on_after_what_it_has()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/stream?after=5&limit=2", UriKind.Relative));
        request.Headers.Add("Last-Event-ID", "41");
        using var response = await node.Client.SendAsync(request, Stop);

        Assert.Equal(["41", "42", "43"], Parse(await response.Content.ReadAsStringAsync(Stop)).Select(static item => item.Id));
    }

    [Theory]
    [InlineData("types", "ReorgDetected,BlockObserved")]
    [InlineData("tx", null)]
    [InlineData("sender", null)]
    public async Task A_filter_gives_the_events_that_a_search_of_the_log_gives(string filter, string? value)
    {
        var all = (await ReadAsync("/stream?after=0&follow=false")).Items.Skip(1).Select(static item => JsonDocument.Parse(item.Data).RootElement).ToList();
        value ??= all.First(one => one.TryGetProperty(filter, out _)).GetProperty(filter).GetString()!;
        var expected = all.Where(one => filter == "types" ? value.Split(',').Contains(one.GetProperty("type").GetString()) : one.TryGetProperty(filter, out var key) && key.GetString() == value);

        var (_, items) = await ReadAsync($"/stream?after=0&follow=false&{filter}={value}");

        Assert.NotEmpty(items.Skip(1));
        Assert.Equal(expected.Select(static one => one.GetProperty("seq").GetRawText()), items.Skip(1).Select(static item => item.Id));
    }

    [Theory]
    [InlineData("/stream?tx=0x0000000000000000000000000000000000000000000000000000000000000001&opp=0x0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("/stream?after=1000000000")]
    public async Task A_request_that_cannot_be_served_is_refused_before_the_stream_begins(string path)
    {
        using var response = await node.Client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task A_position_beyond_the_log_is_refused_also_from_a_browser()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/stream", UriKind.Relative));
        request.Headers.Add("Last-Event-ID", "18446744073709551614");
        using var response = await node.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("'Last-Event-ID'", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_socket_has_the_same_events_as_messages_and_ends_in_good_order()
    {
        var expected = (await ReadAsync("/stream?after=200&limit=20")).Items.Select(static item => item.Data);

        using var socket = await ConnectAsync("/stream?after=200&limit=20", origin: null);
        var messages = new List<string>();
        while (await MessageAsync(socket) is { } message)
        {
            messages.Add(message);
        }

        Assert.Equal(expected, messages);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_open_a_web_socket_and_one_of_this_service_can()
    {
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("/stream", "https://evil.example"));
        using var own = await ConnectAsync("/stream?after=1&limit=1", $"http://127.0.0.1:{node.Client.BaseAddress!.Port}");

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        Assert.Contains("hello", await MessageAsync(own), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_socket_whose_reader_speaks_or_closes_ends()
    {
        using var speaks = await ConnectAsync("/stream?after=0&types=ReorgDetected", origin: null);
        await speaks.SendAsync("hello?"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Stop);
        while (await MessageAsync(speaks) is not null)
        {
        }

        using var closes = await ConnectAsync("/stream", origin: null);
        await closes.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stop);

        Assert.Equal((WebSocketCloseStatus.NormalClosure, WebSocketState.Closed), (speaks.CloseStatus, closes.State));
    }

    [Fact]
    public async Task Readers_beyond_the_limit_are_refused_until_one_leaves_and_a_stop_ends_the_rest()
    {
        await using var bounded = await BoundedNode.StartAsync(("Mempulse:Api:MaxStreams", "1"));
        var first = await bounded.Client.GetAsync(new Uri("/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);
        using (var second = await bounded.Client.GetAsync(new Uri("/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (second.StatusCode, second.Headers.RetryAfter is not null));
        }

        first.Dispose();
        HttpResponseMessage third;
        while (true)
        {
            third = await bounded.Client.GetAsync(new Uri("/stream?after=0", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);
            if (third.StatusCode == HttpStatusCode.OK)
            {
                break;
            }

            third.Dispose();
        }

        using (third)
        {
            var reading = third.Content.ReadAsStringAsync(Stop);
            await bounded.StopAsync();
            Assert.Contains("event: hello", await reading, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_web_socket_is_closed_in_good_order_when_the_service_stops()
    {
        await using var bounded = await BoundedNode.StartAsync();
        using var socket = await ConnectAsync(bounded.Client.BaseAddress!, "/stream", origin: null);
        Assert.Contains("hello", await MessageAsync(socket), StringComparison.Ordinal);

        var stopping = bounded.StopAsync();
        while (await MessageAsync(socket) is not null)
        {
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        await stopping;
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    private static IReadOnlyList<(string Id, string Name, string Data)> Parse(string text)
    {
        Assert.StartsWith("retry: 2000\n", text, StringComparison.Ordinal);
        return
        [
            .. text["retry: 2000\n".Length..].Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(static block =>
            {
                string[] lines = block.Split('\n');
                Assert.Equal(3, lines.Length);
                return (lines[0]["id: ".Length..], lines[1]["event: ".Length..], lines[2]["data: ".Length..]);
            }),
        ];
    }

    private static async Task<string?> MessageAsync(ClientWebSocket socket)
    {
        byte[] buffer = new byte[1 << 20];
        var received = await socket.ReceiveAsync(buffer, Stop);
        return received.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private async Task<(HttpContentHeaders Headers, IReadOnlyList<(string Id, string Name, string Data)> Items)> ReadAsync(string path)
    {
        using var response = await node.Client.GetAsync(new Uri(path, UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (response.Content.Headers, Parse(await response.Content.ReadAsStringAsync(Stop)));
    }

    private Task<ClientWebSocket> ConnectAsync(string path, string? origin) => ConnectAsync(node.Client.BaseAddress!, path, origin);

    private static async Task<ClientWebSocket> ConnectAsync(Uri service, string path, string? origin)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket.ConnectAsync(new UriBuilder(new Uri(service, path)) { Scheme = "ws" }.Uri, Stop);
        return socket;
    }
}
