using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Tests.Bounds;

/// <summary>Every parameter of every route, at and beyond its bounds. The routes are those that the node answers: a new parameter without a row fails.</summary>
[Collection(nameof(RunningNode))]
public sealed class RouteBoundsTests(RunningNode node)
{
    private const string Hash = "0x0000000000000000000000000000000000000000000000000000000000000001";
    private const string Account = "0x0000000000000000000000000000000000000001";

    /// <summary>A route and a parameter, what it takes, and a request without it that is answered.</summary>
    private static readonly (string Route, string Parameter, ParameterKind Kind, string Path)[] _rows =
    [
        ("/events", "after", ParameterKind.Position, "/events?limit=1"),
        ("/events", "types", ParameterKind.Kinds, "/events?limit=1"),
        ("/events", "limit", ParameterKind.CountTo(1000), "/events?after=0"),
        ("/events", "chain", ParameterKind.Chain, "/events?limit=1"),
        ("/events/{seq}", "chain", ParameterKind.Chain, "/events/1000000000?"),
        ("/stream", "after", ParameterKind.LoggedPosition, "/stream?follow=false&types=ReorgDetected"),
        ("/stream", "types", ParameterKind.Kinds, "/stream?follow=false"),
        ("/stream", "tx", ParameterKind.Hash, "/stream?follow=false"),
        ("/stream", "sender", ParameterKind.Account, "/stream?follow=false"),
        ("/stream", "opp", ParameterKind.Hash, "/stream?follow=false"),
        ("/stream", "bundle", ParameterKind.Hash, "/stream?follow=false"),
        ("/stream", "follow", ParameterKind.Flag, "/stream?after=0&limit=1"),
        ("/stream", "limit", ParameterKind.CountTo(1_000_000), "/stream?after=0&follow=false&types=ReorgDetected"),
        ("/stream", "chain", ParameterKind.Chain, "/stream?follow=false"),
        ("/tx/{hash}", "chain", ParameterKind.Chain, $"/tx/{Hash}?"),
        ("/tx/{hash}/why", "chain", ParameterKind.Chain, $"/tx/{Hash}/why?"),
        ("/tx/{hash}/ask", "chain", ParameterKind.Chain, $"/tx/{Hash}/ask?"),
        ("/rank", "limit", ParameterKind.CountTo(100), "/rank?"),
        ("/rank", "profile", ParameterKind.Profile, "/rank?"),
        ("/rank", "chain", ParameterKind.Chain, "/rank?"),
        ("/mempool", "state", ParameterKind.WaitingStates, "/mempool?"),
        ("/mempool", "fee", ParameterKind.FeeClasses, "/mempool?"),
        ("/mempool", "category", ParameterKind.Categories, "/mempool?"),
        ("/mempool", "protocol", ParameterKind.ShortText, "/mempool?"),
        ("/mempool", "flags", ParameterKind.Risks, "/mempool?"),
        ("/mempool", "source", ParameterKind.ShortText, "/mempool?"),
        ("/mempool", "sender", ParameterKind.Account, "/mempool?"),
        ("/mempool", "text", ParameterKind.ShortText, "/mempool?"),
        ("/mempool", "min_tip", ParameterKind.Amount, "/mempool?"),
        ("/mempool", "max_tip", ParameterKind.Amount, "/mempool?"),
        ("/mempool", "min_fee", ParameterKind.Amount, "/mempool?"),
        ("/mempool", "max_fee", ParameterKind.Amount, "/mempool?"),
        ("/mempool", "sort", ParameterKind.MempoolSort, "/mempool?"),
        ("/mempool", "order", ParameterKind.Order, "/mempool?"),
        ("/mempool", "cursor", ParameterKind.MempoolCursor, "/mempool?"),
        ("/mempool", "limit", ParameterKind.CountTo(500), "/mempool?"),
        ("/mempool", "chain", ParameterKind.Chain, "/mempool?"),
        ("/decoders", "chain", ParameterKind.Chain, "/decoders?"),
        ("/decode", "tx", ParameterKind.Hash, "/decode?"),
        ("/decode", "to", ParameterKind.Account, "/decode?"),
        ("/decode", "data", ParameterKind.Bytes, $"/decode?to={Account}"),
        ("/decode", "from", ParameterKind.Account, $"/decode?to={Account}"),
        ("/decode", "value", ParameterKind.Amount, $"/decode?to={Account}"),
        ("/decode", "block", ParameterKind.Height, $"/decode?to={Account}"),
        ("/decode", "chain", ParameterKind.Chain, $"/decode?to={Account}"),
        ("/sender/{address}", "chain", ParameterKind.Chain, $"/sender/{Account}?"),
        ("/propagation", "window", ParameterKind.Window, "/propagation?"),
        ("/propagation", "chain", ParameterKind.Chain, "/propagation?"),
        ("/gaps", "from", ParameterKind.Instant, "/gaps?"),
        ("/gaps", "to", ParameterKind.Instant, "/gaps?"),
        ("/gaps", "chain", ParameterKind.Chain, "/gaps?"),
        ("/peers", "chain", ParameterKind.Chain, "/peers?"),
        ("/replay", "from", ParameterKind.LoggedPosition, "/replay?to=1000"),
        ("/replay", "to", ParameterKind.LoggedPosition, "/replay?from=0"),
        ("/replay", "chain", ParameterKind.Chain, "/replay?from=0&to=1"),
        ("/simulate", "chain", ParameterKind.Chain, "/simulate?"),
        ("/simulate", "trace", ParameterKind.Flag, "/simulate?"),
        ("/sim/{id}", "chain", ParameterKind.Chain, $"/sim/{Hash}?"),
        ("/sim/{id}", "trace", ParameterKind.Flag, $"/sim/{Hash}?"),
        ("/sim/{id}/steps", "chain", ParameterKind.Chain, $"/sim/{Hash}/steps?"),
        ("/opps", "status", ParameterKind.OppStatus, "/opps?"),
        ("/opps", "min_score", ParameterKind.Score, "/opps?"),
        ("/opps", "strategy", ParameterKind.Strategy, "/opps?"),
        ("/opps", "limit", ParameterKind.CountTo(1000), "/opps?"),
        ("/opps", "chain", ParameterKind.Chain, "/opps?"),
        ("/opps/{id}", "chain", ParameterKind.Chain, $"/opps/{Hash}?"),
        ("/bundle/{id}", "chain", ParameterKind.Chain, $"/bundle/{Hash}?"),
        ("/relays", "chain", ParameterKind.Chain, "/relays?"),
        ("/blocks/{block}", "classes", ParameterKind.AuditClasses, $"/blocks/{Hash}?"),
        ("/blocks/{block}", "cursor", ParameterKind.AuditCursor, $"/blocks/{Hash}?"),
        ("/blocks/{block}", "limit", ParameterKind.CountTo(1000), $"/blocks/{Hash}?"),
        ("/blocks/{block}", "chain", ParameterKind.Chain, $"/blocks/{Hash}?"),
        ("/cases/{id}", "at", ParameterKind.LoggedPosition, $"/cases/{Hash}?"),
        ("/cases/{id}", "chain", ParameterKind.Chain, $"/cases/{Hash}?"),
        ("/status", "chain", ParameterKind.Chain, "/status?"),
    ];

    public static TheoryData<string, string> Rows => [.. _rows.Select(row => (row.Route, row.Parameter))];

    public static TheoryData<string> Routes => [.. _rows.Select(row => row.Route).Append("/health").Distinct()];

    [Fact]
    public void Every_query_parameter_of_every_route_has_a_row()
    {
        var actual = node.Endpoints.SelectMany(endpoint => ParametersOf(endpoint).Select(name => $"{endpoint.RoutePattern.RawText} {name}")).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(_rows.Select(row => $"{row.Route} {row.Parameter}").Order(StringComparer.Ordinal), actual);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_value_within_the_bounds_is_answered_and_one_beyond_is_400(string route, string parameter)
    {
        var row = _rows.Single(row => row.Route == route && row.Parameter == parameter);
        var wrong = new List<string>();

        foreach (string value in row.Kind.Good)
        {
            var (status, _) = await AskAsync(With(row.Path, parameter, value));
            wrong.AddRange(IsAnswered(route, status) ? [] : [$"'{value}' is answered {status}"]);
        }

        foreach (string value in row.Kind.Bad.Append($"{row.Kind.Good[^1]}&{parameter}={row.Kind.Good[^1]}").Where(value => !(parameter == "types" && value.Contains('&', StringComparison.Ordinal))))
        {
            var (status, body) = await AskAsync(With(row.Path, parameter, value));
            wrong.AddRange(status == 400 && body.Contains(parameter == "chain" ? "chain id" : parameter == "types" ? "event type" : "valid", StringComparison.Ordinal) ? [] : [$"'{value}' is answered {status}: {body}"]);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("9223372036854775808")]
    [InlineData("18446744073709551615")]
    public async Task A_chain_that_is_not_served_is_404_on_every_route(string chain)
    {
        foreach (var row in _rows.Where(row => row.Parameter == "chain"))
        {
            Assert.Equal((row.Route, 404), (row.Route, (await AskAsync(With(row.Path, "chain", chain))).Status));
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task An_unknown_parameter_is_refused_and_the_known_ones_are_listed(string route)
    {
        string path = _rows.FirstOrDefault(row => row.Route == route).Path ?? $"{route}?";

        var (status, body) = await AskAsync(With(path, "afterr", "1"));

        Assert.Equal(400, status);
        Assert.Contains("afterr", body, StringComparison.Ordinal);
        Assert.All(_rows.Where(row => row.Route == route), row => Assert.Contains(row.Parameter, body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/events?LIMIT=1&After=0", 200)] // names ignore case, as routes do
    [InlineData($"/tx/{Hash}?hash={Hash}", 400)] // part of the path
    [InlineData($"/sim/{Hash}/steps?id={Hash}", 400)]
    public async Task A_parameter_is_known_in_any_case_and_a_part_of_the_path_is_none(string path, int status) =>
        Assert.Equal(status, (await AskAsync(path)).Status);

    [Theory]
    [InlineData("/gaps?from=200&to=100")]
    [InlineData("/gaps?from=2026-01-31T12:00:00.000000001Z&to=2026-01-31T12:00:00Z")]
    [InlineData("/replay?from=5&to=3")]
    public async Task A_range_that_ends_before_it_starts_is_400(string path) => Assert.Equal(400, (await AskAsync(path)).Status);

    [Theory]
    [InlineData("/events/", "")]
    [InlineData("/tx/", "")]
    [InlineData("/sim/", "")]
    [InlineData("/sim/", "/steps")]
    [InlineData("/sender/", "")]
    public async Task A_key_that_is_not_one_is_400(string before, string after)
    {
        foreach (string key in new[] { "0", "-1", "0x", "0x0", "18446744073709551615", "%20", "0x" + new string('g', 64), "0x" + new string('1', 65), "0x" + new string('1', 63), "0x" + new string('1', 41), "0X" + new string('1', 39), new string('1', 2_000) })
        {
            Assert.Equal((key, 400), (key, (await AskAsync(before + key + after)).Status));
        }
    }

    private static IEnumerable<string> ParametersOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<MethodInfo>() is { } handler && handler.Module.Assembly.GetName().Name!.StartsWith("Mempulse.", StringComparison.Ordinal)
        ? handler.GetParameters()
            .Where(parameter => parameter.ParameterType == typeof(string) || parameter.ParameterType.IsPrimitive || Nullable.GetUnderlyingType(parameter.ParameterType) is not null)
            .Select(parameter => parameter.GetCustomAttribute<Microsoft.AspNetCore.Mvc.FromQueryAttribute>()?.Name ?? parameter.Name!)
            .Where(name => endpoint.RoutePattern.GetParameter(name) is null)
        : [];

    private static string With(string path, string parameter, string value) => $"{path}{(path[^1] == '?' ? string.Empty : "&")}{parameter}={value}";

    /// <summary>Nothing is stored under the keys of these requests, and a capture has no node.</summary>
    private static bool IsAnswered(string route, int status) => route switch
    {
        "/simulate" or "/tx/{hash}/ask" => status == 503,
        "/decode" => status is 200 or 404, // the log has no transaction with such a hash
        "/tx/{hash}/why" => status == 200, // also for a transaction that the log does not have
        _ when route.Contains('{', StringComparison.Ordinal) => status == 404,
        _ => status is 200 or 202,
    };

    private async Task<(int Status, string Body)> AskAsync(string path)
    {
        using var request = new HttpRequestMessage(path.StartsWith("/simulate", StringComparison.Ordinal) || path.Contains("/ask?", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (request.Method == HttpMethod.Post)
        {
            request.Content = new StringContent("""{"txs":["0x02"]}""", System.Text.Encoding.UTF8, "application/json");
        }

        using var response = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
