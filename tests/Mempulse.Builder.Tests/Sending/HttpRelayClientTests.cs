using System.Net;
using System.Net.Sockets;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Requests;
using Mempulse.Builder.Sending;
using Mempulse.Primitives.Events;
using Mempulse.RelaySim;
using Mempulse.RelaySim.Bundles;
using Mempulse.RelaySim.Faults;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Builder.Tests.Sending;

/// <summary>One call is one attempt, and whatever a relay does has a class. Real HTTP on loopback.</summary>
public sealed class HttpRelayClientTests : IDisposable
{
    private static readonly RelayDialect Dialect = RelayDialects.Find("buildernet")!;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
    private readonly RelayHttp _http = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(RelayFault.None, ErrorClass.None, AttemptConsequence.Accepted, BundleFate.Waiting)]
    [InlineData(RelayFault.TooManyRequests, ErrorClass.RateLimited, AttemptConsequence.Retry, null)]
    [InlineData(RelayFault.TooManyRequestsForSeconds, ErrorClass.RateLimited, AttemptConsequence.Retry, null)]
    [InlineData(RelayFault.TooManyRequestsUntilDate, ErrorClass.RateLimited, AttemptConsequence.Retry, null)]
    [InlineData(RelayFault.Unavailable, ErrorClass.Unavailable, AttemptConsequence.Retry, null)]
    [InlineData(RelayFault.Redirect, ErrorClass.Redirected, AttemptConsequence.DoNotRetry, null)]
    [InlineData(RelayFault.ServerError, ErrorClass.ServerError, AttemptConsequence.Unknown, null)]
    [InlineData(RelayFault.Html, ErrorClass.Html, AttemptConsequence.Unknown, null)]
    [InlineData(RelayFault.GatewayTimeout, ErrorClass.GatewayTimeout, AttemptConsequence.Unknown, BundleFate.Waiting)]
    [InlineData(RelayFault.EmptyObject, ErrorClass.EmptyObject, AttemptConsequence.Unknown, BundleFate.Waiting)]
    [InlineData(RelayFault.EmptyBody, ErrorClass.EmptyBody, AttemptConsequence.Unknown, BundleFate.Waiting)]
    [InlineData(RelayFault.PlainText, ErrorClass.PlainText, AttemptConsequence.Unknown, BundleFate.Waiting)]
    [InlineData(RelayFault.AnotherId, ErrorClass.AnotherId, AttemptConsequence.Unknown, BundleFate.Waiting)]
    [InlineData(RelayFault.Duplicate, ErrorClass.Malformed, AttemptConsequence.Unknown, BundleFate.Waiting)]
    [InlineData(RelayFault.Oversized, ErrorClass.TooLong, AttemptConsequence.Unknown, BundleFate.Waiting)]
    [InlineData(RelayFault.Cut, ErrorClass.ConnectionLost, AttemptConsequence.Unknown, BundleFate.Waiting)]
    [InlineData(RelayFault.SilentDrop, ErrorClass.None, AttemptConsequence.Accepted, BundleFate.Dropped)]
    public async Task Whatever_a_relay_answers_has_a_class_and_a_retry_is_allowed_only_where_the_bundle_did_not_arrive(RelayFault fault, ErrorClass expected, AttemptConsequence consequence, BundleFate? fate)
    {
        await using var relay = await StartAsync();
        relay.Faults.Plan(fault);
        using var client = ClientOf(relay.Address);

        var result = await client.SendAsync(Request(), Stop);

        Assert.Equal((expected, consequence), (result.Answer.Class, result.Answer.Consequence));
        Assert.Equal(fate is null ? [] : [fate.Value], relay.Pool.All.Select(bundle => bundle.Fate));
        Assert.Single(relay.Requests);
        Assert.False(consequence == AttemptConsequence.Retry && relay.Pool.All.Count > 0);
    }

    [Theory]
    [InlineData(RelayFault.TooManyRequests, null)]
    [InlineData(RelayFault.TooManyRequestsForSeconds, 1)]
    [InlineData(RelayFault.TooManyRequestsUntilDate, 1)]
    public async Task Retry_After_is_read_as_seconds_and_as_a_date(RelayFault fault, int? seconds)
    {
        await using var relay = await StartAsync();
        relay.Faults.Plan(fault);
        using var client = ClientOf(relay.Address);

        var result = await client.SendAsync(Request(), Stop);

        Assert.Equal(seconds is { } number ? TimeSpan.FromSeconds(number) : null, result.Answer.RetryAfter);
    }

    [Theory]
    [InlineData(RelayFault.Hang)]
    [InlineData(RelayFault.Late)]
    public async Task A_relay_that_does_not_answer_in_time_may_have_the_bundle(RelayFault fault)
    {
        await using var relay = await StartAsync(lateBy: TimeSpan.FromHours(1));
        relay.Faults.Plan(fault);
        using var client = ClientOf(relay.Address);

        var sending = client.SendAsync(Request(), Stop);
        await Until.TrueAsync(() => relay.Requests.Count == 1, "the request arrives");
        _time.Advance(TimeSpan.FromSeconds(3));
        var result = await sending;

        Assert.Equal((ErrorClass.NoAnswer, AttemptConsequence.Unknown, TimeSpan.FromSeconds(3)), (result.Answer.Class, result.Answer.Consequence, result.Latency));
        Assert.Equal(BundleFate.Waiting, Assert.Single(relay.Pool.All).Fate);
    }

    [Fact]
    public async Task A_late_answer_within_the_patience_is_an_answer()
    {
        await using var relay = await StartAsync(lateBy: TimeSpan.FromSeconds(1));
        relay.Faults.Plan(RelayFault.Late);
        using var client = ClientOf(relay.Address);

        var sending = client.SendAsync(Request(), Stop);
        await Until.TrueAsync(() => relay.Requests.Count == 1, "the request arrives");
        await Until.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            return sending.IsCompleted;
        }, "the answer comes");

        Assert.Equal(ErrorClass.None, (await sending).Answer.Class);
    }

    [Fact]
    public async Task A_refused_connection_proves_that_nothing_arrived()
    {
        using var client = ClientOf(ClosedPort());

        var result = await client.SendAsync(Request(), Stop);

        Assert.Equal((ErrorClass.NotConnected, AttemptConsequence.Retry), (result.Answer.Class, result.Answer.Consequence));
        Assert.DoesNotContain("127.0.0.1", result.Answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", ErrorClass.ConnectionLost)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"result\"", ErrorClass.ConnectionLost)]
    [InlineData("this is not HTTP\r\n\r\n", ErrorClass.Malformed)]
    public async Task A_broken_answer_leaves_it_open_and_is_not_repeated(string answer, ErrorClass expected)
    {
        await using var relay = new RawServer(answer);
        using var client = ClientOf(relay.Address);

        var result = await client.SendAsync(Request(), Stop);

        Assert.Equal((expected, AttemptConsequence.Unknown), (result.Answer.Class, result.Answer.Consequence));
        Assert.Equal(1, relay.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var stranger = new RawServer(RawServer.Http(200, "{\"result\":200}"));
        await using var relay = new RawServer($"HTTP/1.1 307 X\r\nLocation: {stranger.Address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var client = ClientOf(relay.Address);

        var result = await client.SendAsync(Request(), Stop);

        Assert.Equal(ErrorClass.Redirected, result.Answer.Class);
        Assert.Equal(0, stranger.Requests);
    }

    [Theory]
    [InlineData(RelayHttp.MaxAnswerBytes, ErrorClass.None)]
    [InlineData(RelayHttp.MaxAnswerBytes + 1, ErrorClass.TooLong)]
    public async Task An_answer_is_read_up_to_its_limit(int bytes, ErrorClass expected)
    {
        string answer = "{\"result\":200}".PadRight(bytes);
        await using var relay = new RawServer(RawServer.Http(200, answer));
        using var client = ClientOf(relay.Address);

        Assert.Equal(expected, (await client.SendAsync(Request(), Stop)).Answer.Class);
    }

    [Fact]
    public async Task Headers_without_end_are_too_long()
    {
        await using var relay = new RawServer("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X-Padding: " + new string('x', 1_000) + "\r\n", 40)) + "Content-Length: 0\r\n\r\n");
        using var client = ClientOf(relay.Address);

        Assert.Equal(AttemptConsequence.Unknown, (await client.SendAsync(Request(), Stop)).Answer.Consequence);
    }

    [Fact]
    public async Task A_cancelled_attempt_is_no_answer()
    {
        await using var relay = await StartAsync();
        relay.Faults.Plan(RelayFault.Hang);
        using var client = ClientOf(relay.Address);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var sending = client.SendAsync(Request(), cancelled.Token);
        await Until.TrueAsync(() => relay.Requests.Count == 1, "the request arrives");
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public void The_requests_of_a_period_are_those_that_the_builder_allows()
    {
        var strict = Dialect with { Limits = [new DialectLimit(LimitKind.Requests, 3, "orderflow", PerMilliseconds: 3_600_000)] };
        using var client = new HttpRelayClient(strict, new RelayAddresses(ClosedPort(), null), _http, _time, HttpRelayClient.DefaultPatience);

        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(client.TryTakePermit(RelayMethod.SendBundle, out TimeSpan wait) && wait == TimeSpan.Zero));
        Assert.False(client.TryTakePermit(RelayMethod.CancelBundle, out var rest));
        Assert.InRange(rest, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        Assert.True(client.TryTakePermit(RelayMethod.BundleStatistics, out _));
    }

    [Fact]
    public async Task Statistics_are_asked_for_at_their_own_address()
    {
        await using var requests = new RawServer(RawServer.Http(200, "{}"));
        await using var statistics = new RawServer(RawServer.Http(200, """{"jsonrpc":"2.0","id":1,"result":{"status":"Received"}}"""));
        var titan = RelayDialects.Find("titan")!;
        using var client = new HttpRelayClient(titan, new RelayAddresses(requests.Address, statistics.Address), _http, _time, HttpRelayClient.DefaultPatience);

        var result = await client.SendAsync(RelayRequestWriter.Write(titan, new RelayCommand.AskStatistics(default), 1, null), Stop);

        Assert.Equal("""{"status":"Received"}""", System.Text.Encoding.UTF8.GetString(result.Answer.Result.Span));
        Assert.Equal((0, 1), (requests.Requests, statistics.Requests));
    }

    private static RelayRequest Request() =>
        RelayRequestWriter.Write(Dialect, new RelayCommand.Send(MadeBundles.Plain()), 1, RelayCredential.OfSigner(MadeBundles.Signer));

    private HttpRelayClient ClientOf(Uri address) => new(Dialect, new RelayAddresses(address, null), _http, _time, HttpRelayClient.DefaultPatience);

    private async Task<RelaySimulator> StartAsync(TimeSpan? lateBy = null)
    {
        var relay = await RelaySimulator.StartAsync(new SimulatorPlan { Dialect = Dialect, Time = _time, LateBy = lateBy ?? TimeSpan.FromSeconds(1) }, Stop);
        relay.Head = new Mempulse.Primitives.BlockNumber(20_999_999);
        return relay;
    }

    private static Uri ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
