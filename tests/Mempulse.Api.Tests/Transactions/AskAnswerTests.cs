using System.Globalization;
using System.Net;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Api.Transactions;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests.Transactions;

/// <summary>POST /tx/{hash}/ask: statements of nodes, named as such; each test has its own process, whose questions are counted.</summary>
public sealed class AskAnswerTests : IAsyncLifetime
{
    private const string Hash = "0x1111111111111111111111111111111111111111111111111111111111111111";
    private const string Block = "0x2222222222222222222222222222222222222222222222222222222222222222";

    private readonly StubbedApi _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    [Fact]
    public async Task Each_node_is_quoted_with_the_block_that_it_names_or_why_it_says_nothing()
    {
        Say(new NodesAnswer
        {
            Statements =
            [
                new NodeStatement("a", "Included", Hash256.Parse(Block), new BlockNumber(7), string.Empty),
                new NodeStatement("b", "Absent", null, default, string.Empty),
                new NodeStatement("c", "Unreachable", null, default, "Nothing listens there."),
            ],
        });

        var (status, answer) = await AskAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal($$"""{"chain":"1","hash":"{{Hash}}","askedAt":"2026-01-31T12:00:00.000000000Z","nodes":[{"node":"a","says":"Included","block":"{{Block}}","number":7,"detail":null},{"node":"b","says":"Absent","block":null,"number":null,"detail":null},{"node":"c","says":"Unreachable","block":null,"number":null,"detail":"Nothing listens there."}]}""", answer.GetRawText());
        Assert.Equal(Hash, _api.Grains.Calls.Single().Arguments[0]!.ToString());
    }

    [Fact]
    public async Task Without_a_node_to_ask_it_is_503_with_the_reason()
    {
        Say(new NodesAnswer { Problem = "No node is configured." });

        var (status, problem) = await AskAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "No node is configured."), (status, problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_page_of_another_site_may_not_ask_and_one_of_this_service_may()
    {
        Say(new NodesAnswer());

        var (foreign, _) = await AskAsync("https://elsewhere.example");
        int asked = _api.Grains.Calls.Count;
        var (own, _) = await AskAsync($"http://{_api.Address.Authority}");

        Assert.Equal((HttpStatusCode.Forbidden, 0, HttpStatusCode.OK), (foreign, asked, own));
    }

    [Fact]
    public async Task Nodes_are_asked_so_often_in_a_minute_and_no_more()
    {
        Say(new NodesAnswer());
        using var client = new HttpClient { BaseAddress = _api.Address };
        HttpResponseMessage answer;
        int served = 0;
        while ((answer = await client.PostAsync(new Uri($"/tx/{Hash}/ask", UriKind.Relative), null, TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.OK)
        {
            answer.Dispose();
            served++;
        }

        using (answer)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.InRange(int.Parse(answer.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 60);
        }

        Assert.InRange(served, NodeQuestions.MaxPerMinute, 2 * NodeQuestions.MaxPerMinute); // a minute may begin between two of them
        Assert.Equal(served, _api.Grains.Calls.Count);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    private void Say(NodesAnswer answer)
    {
        _api.Begin();
        _api.Grains.Set<ISimulatorGrain>(nameof(ISimulatorGrain.AskNodes), answer);
    }

    private Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> AskAsync(string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/tx/{Hash}/ask", UriKind.Relative));
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return _api.SendAsync(request);
    }
}
