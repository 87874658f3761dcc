using System.Collections.Concurrent;
using System.Net;
using Mempulse.Client;
using Mempulse.Client.Problems;
using Mempulse.Client.Streaming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mempulse.Api.Tests.Client;

/// <summary>The client's stream: each event once and in order, across connections that break.</summary>
[Collection(nameof(RunningNode))]
public sealed class ClientStreamTests(RunningNode node)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_that_does_not_follow_has_what_the_log_has_and_ends()
    {
        var client = new MempulseClient(node.Client);
        var messages = await client.StreamAsync(new StreamQuery { After = 0, Follow = false, Types = ["TxSeen", "TxConfirmed"] }, Stop).ToListAsync(Stop);
        var logged = await client.ReadEventsAsync(0, ["TxSeen", "TxConfirmed"], Stop).Select(static item => item.Seq).ToListAsync(Stop);

        Assert.Equal(("1", 0UL), messages[0] is StreamMessage.Hello hello ? (hello.Chain, hello.After) : default);
        var passed = messages.OfType<StreamMessage.Coalesced>().ToList();
        var received = messages.OfType<StreamMessage.Logged>().Select(static item => item.Body.Seq).ToList();
        Assert.Equal(logged.Where(seq => !passed.Exists(gap => gap.From <= seq && seq <= gap.To)), received);
        Assert.Equal(3, await client.StreamAsync(new StreamQuery { After = 0, Limit = 3 }, Stop).OfType<StreamMessage.Logged>().CountAsync(Stop));
    }

    [Fact]
    public async Task A_broken_connection_is_opened_again_after_the_last_event()
    {
        string item = await node.Client.GetStringAsync(new Uri("/events/1", UriKind.Relative), Stop);
        string ItemOf(int seq) => $"id: {seq}\nevent: SourceConnected\ndata: {item.Replace("\"seq\":1,", $"\"seq\":{seq},", StringComparison.Ordinal)}\n\n";
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var requests = new ConcurrentQueue<(string? Last, string Query)>();
        await using var broken = await ServeAsync(async context =>
        {
            requests.Enqueue((context.Request.Headers["Last-Event-ID"], context.Request.QueryString.Value!));
            switch (requests.Count)
            {
                case 1:
                    await context.Response.WriteAsync($"retry: 1500\nid: 4\nevent: hello\ndata: {{\"type\":\"hello\",\"chain\":\"1\",\"synthetic\":false,\"after\":4,\"watermark\":9}}\n\n{ItemOf(5)}{ItemOf(6)}", Stop);
                    await context.Response.Body.FlushAsync(Stop);
                    await taken.Task; // a reset may overtake what was sent
                    context.Abort();
                    break;
                case 2:
                    context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable; // it starts again
                    break;
                default:
                    await context.Response.WriteAsync($"id: 7\nevent: coalesced\ndata: {{\"type\":\"coalesced\",\"from\":7,\"to\":7,\"events\":1}}\n\n{ItemOf(8)}id: 9\nevent: position\ndata: {{\"type\":\"position\",\"seq\":9}}\n\n", Stop);
                    break;
            }
        });
        using var http = new HttpClient { BaseAddress = new Uri(broken.Urls.First()) };
        var client = new MempulseClient(http, new MempulseAccess { Time = new InstantTime() });

        var messages = new List<StreamMessage>();
        await foreach (var message in client.StreamAsync(new StreamQuery { After = 4, Follow = false, Limit = 3 }, Stop))
        {
            messages.Add(message);
            if (message is StreamMessage.Logged { Body.Seq: 6 })
            {
                taken.TrySetResult();
            }
        }

        Assert.Equal([5UL, 6, 8], messages.OfType<StreamMessage.Logged>().Select(static one => one.Body.Seq));
        Assert.Equal(new StreamMessage.Coalesced(7, 7), Assert.Single(messages.OfType<StreamMessage.Coalesced>()));
        Assert.Equal(new StreamMessage.Position(9), messages[^1]);
        Assert.Equal([(null, "?after=4&follow=false&limit=3"), ("6", "?follow=false&limit=1"), ("6", "?follow=false&limit=1")], requests);
    }

    [Fact]
    public async Task A_stream_that_is_refused_or_not_reached_at_first_is_an_exception()
    {
        var refused = await Assert.ThrowsAsync<ProblemException>(async () => await new MempulseClient(node.Client).StreamAsync(new StreamQuery { Tx = "0x12" }, Stop).FirstAsync(Stop));
        using var nowhere = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1") };

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(async () => await new MempulseClient(nowhere).StreamAsync(new StreamQuery(), Stop).FirstAsync(Stop));
    }

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/stream", answer);
        await app.StartAsync(Stop);
        return app;
    }

    /// <summary>A clock by which nothing is waited for.</summary>
    private sealed class InstantTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
