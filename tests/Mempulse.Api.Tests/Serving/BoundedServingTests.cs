using System.Diagnostics.Metrics;
using System.Text;
using Mempulse.Api.Serving;
using Mempulse.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Tests.Serving;

/// <summary>What one request takes while it is answered, what each limit refuses, and that all of it is given back.</summary>
public sealed class BoundedServingTests : IDisposable
{
    private const int OtherBody = 64 << 10;
    private const int Turn = 256 << 10;

    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddMetrics().AddProblemDetails().AddSingleton<ServingMeter>().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly List<string> _counted = [];
    private readonly RequestShares _shares;

    public BoundedServingTests()
    {
        var meter = _services.GetRequiredService<ServingMeter>();
        _shares = new RequestShares(Options.Create(new ServingOptions { MaxRequests = 1, MaxWaitingRequests = 0, MaxResponseBytes = 2 * Turn, MaxBodyBytes = 4 * OtherBody }), meter);
        var meters = _services.GetRequiredService<IMeterFactory>(); // not in the callback: other tests publish instruments while this one's services are disposed
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => _counted.Add($"{instrument.Name} {(tags.Length > 0 ? tags[0].Value : string.Empty)}".TrimEnd()));
        _listener.Start();
    }

    private RequestShare Share => _shares.Of(Request().Request);

    [Theory]
    [InlineData(0L, false, 0L)]
    [InlineData(1L, false, 4L)]
    [InlineData(null, false, 0L)]
    [InlineData(null, true, 4L * OtherBody)] // of unknown length: as much as it may be
    [InlineData((long)OtherBody, false, 4L * OtherBody)]
    public async Task A_body_takes_four_times_its_size_and_an_answer_its_turn_until_it_is_sent(long? length, bool hasBody, long taken)
    {
        for (int round = 0; round < 2; round++)
        {
            var context = Request(length, hasBody);
            (long Bodies, long Responses, long Length) held = default;

            await ServeAsync(context, async answering =>
            {
                held = (Share.Bodies.TakenBytes, Share.Responses.TakenBytes, answering.Request.Body.CanSeek ? answering.Request.Body.Length : -1);
                await answering.Response.WriteAsync("answer", TestContext.Current.CancellationToken);
            });

            Assert.Equal((taken, (long)Turn), (held.Bodies, held.Responses));
            Assert.Equal((200, 6L, "answer"), (context.Response.StatusCode, context.Response.ContentLength, TextOf(context)));
            Assert.Equal((0L, 0L, 1L), (Share.Bodies.TakenBytes, Share.Responses.TakenBytes, Share.Requests.GetStatistics()!.CurrentAvailablePermits));
        }

        Assert.Empty(_counted);
    }

    [Fact]
    public async Task A_body_one_byte_over_its_limit_is_too_large()
    {
        var context = Request(OtherBody + 1);

        await ServeAsync(context, static _ => throw new InvalidOperationException("It is not answered."));

        Assert.Equal((413, 0L), (context.Response.StatusCode, Share.Bodies.TakenBytes));
        Assert.Contains("The limit is 65536 bytes.", TextOf(context), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_limit_refuses_by_its_name_and_takes_nothing()
    {
        Assert.True(Share.Bodies.TryTake(1));
        await RefusedAsync(OtherBody, "bodies");
        Share.Bodies.Return(1);

        using (Share.Requests.AttemptAcquire())
        {
            await RefusedAsync(null, "requests");
        }

        Assert.True(Share.Responses.TryTake(Turn + 1)); // less than a turn is left
        await RefusedAsync(null, "responses");
        using (Share.Requests.AttemptAcquire())
        {
            await RefusedAsync(null, "responses"); // at once: it does not wait for its turn first
        }

        Share.Responses.Return(Turn + 1);

        Assert.Equal((0L, 0L), (Share.Bodies.TakenBytes, Share.Responses.TakenBytes));
    }

    [Fact]
    public async Task An_answer_beyond_the_budget_becomes_a_refusal_without_a_trace_of_it()
    {
        var context = Request();

        await ServeAsync(context, static async answering =>
        {
            answering.Response.Headers.ETag = "of the answer";
            await answering.Response.Body.WriteAsync(new byte[2 * Turn], TestContext.Current.CancellationToken);
        });

        Assert.Equal((503, "1", 0), (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString(), context.Response.Headers.ETag.Count));
        Assert.Contains("A request limit of the service is reached.", TextOf(context), StringComparison.Ordinal);
        Assert.Equal((0L, "mempulse_api_refused responses"), (Share.Responses.TakenBytes, Assert.Single(_counted)));
    }

    [Theory]
    [InlineData(503, "1")]
    [InlineData(504, "")]
    public async Task Only_what_passes_by_itself_can_be_retried(int status, string retryAfter)
    {
        var context = Request();

        await ServeAsync(context, answering =>
        {
            answering.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        Assert.Equal((retryAfter, null), (context.Response.Headers.RetryAfter.ToString(), context.Response.ContentLength));
    }

    [Fact]
    public async Task A_client_that_left_is_counted_and_its_bytes_are_given_back()
    {
        using var left = new CancellationTokenSource();
        var context = Request();
        context.RequestAborted = left.Token;

        await ServeAsync(context, async answering =>
        {
            await answering.Response.WriteAsync("answer", TestContext.Current.CancellationToken);
            await left.CancelAsync();
        });

        Assert.Equal((0L, "mempulse_api_cut"), (Share.Responses.TakenBytes, Assert.Single(_counted)));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _shares.Dispose();
        _services.Dispose();
    }

    private static string TextOf(HttpContext context) => Encoding.UTF8.GetString(((MemoryStream)context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().Stream).ToArray());

    private async Task RefusedAsync(long? length, string limit)
    {
        var context = Request(length);
        _counted.Clear();

        await ServeAsync(context, static _ => throw new InvalidOperationException("It is not answered."));

        Assert.Equal((503, "1", $"mempulse_api_refused {limit}"), (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString(), Assert.Single(_counted)));
    }

    private Task ServeAsync(HttpContext context, RequestDelegate answer) => new BoundedServing(answer, _shares, _services.GetRequiredService<ServingMeter>()).InvokeAsync(context);

    private DefaultHttpContext Request(long? length = null, bool hasBody = false)
    {
        var context = new DefaultHttpContext { RequestServices = _services };
        context.Request.Method = "GET";
        context.Request.Path = "/events";
        context.Request.ContentLength = length;
        context.Request.Body = new MemoryStream(new byte[length ?? 3]);
        context.Response.Body = new MemoryStream();
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new Detection(hasBody));
        return context;
    }

    private sealed record Detection(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
