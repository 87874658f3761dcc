using System.Net;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Logging;

namespace Mempulse.Api.Tests.Problems;

/// <summary>What a client is told when a grain fails: what passes by itself can be retried, damage names its place, and a bug keeps its detail in the log.</summary>
public sealed class FailureTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    [Theory]
    [InlineData(typeof(TimeoutException), HttpStatusCode.ServiceUnavailable, "The service is busy, starting or stopping. Retry.", false)]
    [InlineData(typeof(OrleansException), HttpStatusCode.ServiceUnavailable, "The service is busy, starting or stopping. Retry.", false)]
    [InlineData(typeof(IOException), HttpStatusCode.InternalServerError, "secret", true)]
    [InlineData(typeof(InvalidOperationException), HttpStatusCode.InternalServerError, "The node has a fault. Its output has the details, with this path.", true)]
    public async Task A_failure_of_a_grain_is_a_problem_of_its_kind(Type type, HttpStatusCode code, string detail, bool isLogged)
    {
        var failure = (Exception)Activator.CreateInstance(type, "secret")!;
        api.Begin();
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.Scan), (_, _) => throw failure);

        var (status, problem) = await api.GetAsync("/events");
        using var response = await api.RespondAsync("/events");

        Assert.Equal((code, detail, (int)code), (status, problem.GetProperty("detail").GetString(), problem.GetProperty("status").GetInt32()));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code == HttpStatusCode.ServiceUnavailable, response.Headers.RetryAfter is not null);
        Assert.Equal(isLogged, api.Log.All.Any(entry => entry.Level == LogLevel.Error && entry.Exception == failure && entry.Text == "GET /events failed"));
    }

    [Theory]
    [InlineData(ReplayOutcome.Done, HttpStatusCode.OK, "done")]
    [InlineData(ReplayOutcome.Running, HttpStatusCode.Accepted, "running")]
    [InlineData(ReplayOutcome.Busy, HttpStatusCode.ServiceUnavailable, "Why.")]
    [InlineData(ReplayOutcome.OutOfRange, HttpStatusCode.BadRequest, "3 to 9 is not a valid range of the log. Why.")]
    [InlineData(ReplayOutcome.Failed, HttpStatusCode.ServiceUnavailable, "Why.")]
    public async Task A_replay_answers_by_its_outcome(ReplayOutcome outcome, HttpStatusCode code, string text)
    {
        api.Begin();
        api.Grains.Set<IReplayGrain>(nameof(IReplayGrain.Replay), Answer(outcome, 9));

        var (status, answer) = await api.GetAsync("/replay?from=3&to=9");

        Assert.Equal(code, status);
        Assert.Equal([new GlobalSeq(3), new GlobalSeq(9)], api.Grains.Calls.Single().Arguments);
        if ((int)code >= 300)
        {
            Assert.Equal(text, answer.GetProperty("detail").GetString());
            return;
        }

        Assert.Equal((text, 5UL, 7L), (answer.GetProperty("state").GetString(), answer.GetProperty("at").GetUInt64(), answer.GetProperty("divergences").GetInt64()));
        JsonText.AssertIs(answer.GetProperty("events"), """{"TxSeen":8,"BlockObserved":6}""");
        Assert.Equal(("1", false, 3UL, 9UL), (answer.GetProperty("chain").GetString(), answer.GetProperty("synthetic").GetBoolean(), answer.GetProperty("from").GetUInt64(), answer.GetProperty("to").GetUInt64()));
        Assert.Equal(outcome == ReplayOutcome.Done ? ("0000000000000000000000000000000a", "0000000000000000000000000000000b") : (null, null), (answer.GetProperty("fromDigest").GetString(), answer.GetProperty("toDigest").GetString()));
        Assert.Equal([("Seen", 2L, 5L, 3L), ("Pending", 3L, 1L, -2L)], answer.GetProperty("txs").EnumerateArray().Take(2).Select(state => (state.GetProperty("status").GetString()!, state.GetProperty("from").GetInt64(), state.GetProperty("to").GetInt64(), state.GetProperty("change").GetInt64())));
        JsonText.AssertIs(answer.GetProperty("differences"), """[{"seq":6,"kind":"Different","cause":5,"ordinal":2,"field":"to","expected":"Pending","actual":"Queued"}]""");
        JsonText.AssertIs(answer.GetProperty("checkpoints"), """[{"seq":4,"live":"0000000000000000000000000000000c","replayed":"0000000000000000000000000000000d"}]""");
        JsonText.AssertIs(answer.GetProperty("changes"), """[{"kind":"counters","id":null,"by":[],"events":0,"fields":[{"name":"txs.Seen","from":"1","to":null}]},{"kind":"tx","id":"0x1","by":[4,6],"events":9,"fields":[{"name":"status","from":null,"to":"Seen"}]}]""");
        Assert.Equal((11, 12L), (answer.GetProperty("changeCount").GetInt32(), answer.GetProperty("eventsNotCompared").GetInt64()));
    }

    [Theory]
    [InlineData("GET", "/no-such-thing", 404, "'/no-such-thing' is not a route of this API: /openapi/v1.json lists the routes.")]
    [InlineData("DELETE", "/events", 405, "'/events' does not accept DELETE.")]
    [InlineData("GET", "/simulate", 405, "'/simulate' does not accept GET.")]
    public async Task A_request_that_no_route_takes_is_described(string method, string path, int status, string detail)
    {
        api.Begin();

        var (code, problem) = await api.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)));

        Assert.Equal((status, detail), ((int)code, problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_replay_that_runs_is_asked_for_again_at_the_same_place()
    {
        api.Begin();
        api.Grains.Set<IReplayGrain>(nameof(IReplayGrain.Replay), Answer(ReplayOutcome.Running, 9));

        using var response = await api.RespondAsync("/replay?from=3&to=9");

        Assert.Equal("/replay?from=3&to=9", response.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData(9UL, null)]
    [InlineData(8UL, 8UL)]
    public async Task A_replay_that_does_not_reach_the_end_says_where_to_go_on(ulong to, ulong? next)
    {
        api.Begin();
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.Watermark), new GlobalSeq(9));
        api.Grains.Set<IReplayGrain>(nameof(IReplayGrain.Replay), Answer(ReplayOutcome.Done, to));

        var (_, answer) = await api.GetAsync("/replay");

        Assert.Equal([GlobalSeq.None, new GlobalSeq(9)], api.Grains.Calls.Single(call => call.Call == nameof(IReplayGrain.Replay)).Arguments);
        Assert.Equal(next, answer.GetProperty("next").ValueKind == System.Text.Json.JsonValueKind.Null ? null : answer.GetProperty("next").GetUInt64());
    }

    [Theory]
    [InlineData(ReplayOutcome.Done, true, 3, HttpStatusCode.OK, "")]
    [InlineData(ReplayOutcome.Done, true, 0, HttpStatusCode.Conflict, "Why.")]
    [InlineData(ReplayOutcome.Done, false, 0, HttpStatusCode.NotFound, "Why.")]
    [InlineData(ReplayOutcome.Running, true, 0, HttpStatusCode.ServiceUnavailable, "Why.")]
    [InlineData(ReplayOutcome.Busy, false, 0, HttpStatusCode.ServiceUnavailable, "Why.")]
    [InlineData(ReplayOutcome.Cancelled, false, 0, HttpStatusCode.ServiceUnavailable, "Why.")]
    [InlineData(ReplayOutcome.Failed, false, 0, HttpStatusCode.ServiceUnavailable, "Why.")]
    [InlineData(ReplayOutcome.OutOfRange, false, 0, HttpStatusCode.BadRequest, "'9' is not a valid 'at'. Why.")]
    public async Task A_case_answers_by_its_outcome(ReplayOutcome outcome, bool isKnown, int bytes, HttpStatusCode code, string text)
    {
        var id = Hash256.Parse("0x" + new string('a', 64));
        api.Begin();
        api.Grains.Set<IReplayGrain>(nameof(IReplayGrain.ExportCase), new CaseAnswer { Outcome = outcome, Detail = "Why.", IsKnown = isKnown, AsOf = new GlobalSeq(9), File = new byte[bytes] });

        using var response = await api.RespondAsync($"/cases/{id}?at=9");

        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(code, response.StatusCode);
        Assert.Equal([id, new GlobalSeq(9)], api.Grains.Calls.Single().Arguments);
        Assert.Equal(code == HttpStatusCode.OK ? new string('\0', bytes) : text, code == HttpStatusCode.OK ? body : System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString());
    }

    private static ReplayAnswer Answer(ReplayOutcome outcome, ulong to) => new()
    {
        Outcome = outcome, From = new GlobalSeq(3), To = new GlobalSeq(to), At = new GlobalSeq(5), Divergences = 7, Detail = "Why.", FromTxsByState = [1, 2, 3], ToTxsByState = [4, 5, 1], FromDigest = new StateDigest(10), ToDigest = new StateDigest(11),
        Kinds = [new KindCount(LogEvent.TxSeen.KindNumber, 8), new KindCount(LogEvent.BlockObserved.KindNumber, 6)],
        Differences = [new ReplayedDifference(new GlobalSeq(6), "Different", new GlobalSeq(5), 2, "to", "Pending", "Queued")],
        Checkpoints = [new CheckpointDigests(new GlobalSeq(4), new StateDigest(12), new StateDigest(13))],
        Changes = [new ChangedEntry("counters", string.Empty, [], 0, [new ChangedField("txs.Seen", "1", null)]), new ChangedEntry("tx", "0x1", [new GlobalSeq(4), new GlobalSeq(6)], 9, [new ChangedField("status", null, "Seen")])],
        ChangeCount = 11, EventsNotCompared = 12,
    };
}
