using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mempulse.Api.Tests.Keys;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Tests.Bounds;

/// <summary>Every route of the API, asked in every wrong way by clients with and without keys: the right status, a problem of RFC 9457 in one sentence, and nothing of the program.</summary>
/// <remarks>The routes are those that the node answers. <see cref="RouteBoundsTests"/> has their query parameters; here is the rest: a route with a path parameter of a new kind fails.</remarks>
public sealed class RouteFailureTests(ApiKeyTests.NodeWithKeys node) : IClassFixture<ApiKeyTests.NodeWithKeys>
{
    private static readonly string _hash = $"0x{new string('1', 64)}";

    /// <summary>A path parameter: a value that is well-formed and unknown, whether that is answered, and values of a wrong type, length or range.</summary>
    private static readonly Dictionary<string, (string Unknown, IReadOnlyList<string> Bad)> _pathParameters = new()
    {
        ["hash"] = (_hash, ParameterKind.Hash.Bad),
        ["id"] = (_hash, ParameterKind.Hash.Bad),
        ["address"] = ($"0x{new string('1', 40)}", ParameterKind.Account.Bad),
        ["block"] = (_hash, ["-1", "+1", "1.0", "0x1", "0x", "abc", "18446744073709551616", _hash + "1", new string('1', 2_000)]),
        ["seq"] = ("1000000000", ["0", "-1", "+1", "1.0", "1e3", "0x1", "abc", "18446744073709551615", "18446744073709551616", new string('1', 2_000)]),
    };

    /// <summary>Routes that answer also about what the log does not have.</summary>
    private static readonly string[] _answeredUnknown = ["/tx/{hash}/why", "/tx/{hash}/ask"];

    /// <summary>Bodies that are no request, whatever the route wants.</summary>
    private static readonly string[] _badBodies =
        ["", "{", "nothing", "null", "[]", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", "\"text\"", "1", """{"unknown": 1}""", """{"txs": 1, "to": 1}""", """{"txs": [null], "to": null, "data": []}""", """{"txs": "0x", "to": {}}"""];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The routes of the API: those with a name.</summary>
    private List<RouteEndpoint> Routes => [.. node.Endpoints.Where(static endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is not null && endpoint.RoutePattern.RawText!.StartsWith('/'))];

    [Fact]
    public async Task Without_a_known_key_every_route_is_401()
    {
        Assert.InRange(Routes.Count, 20, 100);
        foreach (var route in Routes)
        {
            await FailsAsync(route, PathOf(route), HttpStatusCode.Unauthorized, key: null);
            await FailsAsync(route, PathOf(route), HttpStatusCode.Unauthorized, key: "mpk_guess");
        }
    }

    [Fact]
    public async Task A_route_that_makes_the_service_act_is_403_for_a_key_that_reads()
    {
        var acting = Routes.Where(static route => route.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>() is not null).ToList();

        Assert.Equal(["/tx/{hash}/ask", "/simulate"], acting.Select(static route => route.RoutePattern.RawText));
        foreach (var route in acting)
        {
            await FailsAsync(route, PathOf(route), HttpStatusCode.Forbidden, ApiKeyTests.Reader);
        }
    }

    [Fact]
    public async Task A_path_with_a_zero_character_is_refused_by_the_web_server_without_a_body()
    {
        foreach (var route in Routes.Where(static route => route.RoutePattern.Parameters.Count > 0))
        {
            using var answer = await node.Client.GetAsync(new Uri(PathOf(route, "%00"), UriKind.Relative), Stop);

            Assert.Equal((route.RoutePattern.RawText, HttpStatusCode.BadRequest, string.Empty), (route.RoutePattern.RawText, answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop)));
        }
    }

    [Fact]
    public async Task A_method_that_a_route_does_not_have_is_405_with_those_that_it_has()
    {
        foreach (var route in Routes)
        {
            var allowed = await FailsAsync(route, PathOf(route), HttpStatusCode.MethodNotAllowed, ApiKeyTests.Operator, HttpMethod.Delete);

            Assert.Contains(MethodOf(route).Method, allowed);
        }
    }

    [Fact]
    public async Task What_the_log_does_not_have_is_404_and_what_is_no_id_is_400()
    {
        foreach (var route in Routes.Where(static route => route.RoutePattern.Parameters.Count > 0))
        {
            string parameter = Assert.Single(route.RoutePattern.Parameters).Name;
            var (unknown, bad) = _pathParameters[parameter];
            if (!_answeredUnknown.Contains(route.RoutePattern.RawText))
            {
                await FailsAsync(route, PathOf(route, unknown), HttpStatusCode.NotFound, ApiKeyTests.Operator);
            }

            foreach (string value in bad.Where(static value => value.Length > 0))
            {
                await FailsAsync(route, PathOf(route, Uri.EscapeDataString(value)), HttpStatusCode.BadRequest, ApiKeyTests.Operator);
            }
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_not_JSON_or_no_request_is_refused()
    {
        foreach (var route in Routes.Where(static route => route.RoutePattern.RawText != "/stream")) // which reads no body
        {
            await FailsAsync(route, PathOf(route), HttpStatusCode.RequestEntityTooLarge, ApiKeyTests.Operator, body: static () => new ByteArrayContent(new byte[(8 << 20) + 1]));
        }

        foreach (var route in Routes.Where(static route => route.Metadata.GetMetadata<IAcceptsMetadata>() is not null))
        {
            await FailsAsync(route, PathOf(route), HttpStatusCode.UnsupportedMediaType, ApiKeyTests.Operator, body: static () => new StringContent("{}", Encoding.UTF8, "text/plain"));
            foreach (string body in _badBodies)
            {
                await FailsAsync(route, PathOf(route), HttpStatusCode.BadRequest, ApiKeyTests.Operator, body: () => new StringContent(body, Encoding.UTF8, "application/json"));
            }
        }
    }

    private static HttpMethod MethodOf(RouteEndpoint route) => new(Assert.Single(route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods));

    private static StringContent EmptyObject() => new("{}", Encoding.UTF8, "application/json");

    private static string PathOf(RouteEndpoint route, string? value = null) => route.RoutePattern.Parameters.Aggregate(
        route.RoutePattern.RawText!, (path, parameter) => path.Replace($"{{{parameter.Name}}}", value ?? _pathParameters[parameter.Name].Unknown, StringComparison.Ordinal));

    private async Task<IReadOnlyCollection<string>> FailsAsync(RouteEndpoint route, string path, HttpStatusCode status, string? key, HttpMethod? method = null, Func<HttpContent>? body = null)
    {
        using var request = new HttpRequestMessage(method ?? MethodOf(route), new Uri(path, UriKind.Relative)) { Content = (body ?? (MethodOf(route) == HttpMethod.Post ? EmptyObject : null))?.Invoke() };
        string asked = $"{request.Method} {path[..Math.Min(path.Length, 100)]} {(request.Content is StringContent sent ? await sent.ReadAsStringAsync(Stop) : string.Empty)}";
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        request.Headers.ExpectContinue = request.Content is ByteArrayContent and not StringContent; // a body that is refused is not sent
        using var answer = await node.Client.SendAsync(request, Stop);
        string text = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal((asked, status, "application/problem+json"), (asked, answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        using var problem = JsonDocument.Parse(text);
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.All((string[])["type", "title", "detail"], member => Assert.False(string.IsNullOrWhiteSpace(problem.RootElement.GetProperty(member).GetString()), $"{asked}: {member}"));
        Assert.All((string[])["   at ", "Exception", "Mempulse.Api.", "System.", ".cs:"], part => Assert.DoesNotContain(part, text, StringComparison.Ordinal));
        return [.. answer.Content.Headers.Allow];
    }
}
