using System.Net;
using System.Text;
using System.Text.Json;

namespace Mempulse.Api.Tests;

/// <summary>A node that plays a capture has no source of state, and reports that.</summary>
[Collection(nameof(RunningNode))]
public sealed class SimulationTests(RunningNode node)
{
    [Theory]
    [InlineData("{", "The body is not a valid request to /simulate")]
    [InlineData("[]", "The body is not a valid request to /simulate")]
    [InlineData("null", "txs")]
    [InlineData("", "The body is not a valid request to /simulate")]
    [InlineData("""{"txs":["0x02"]}{}""", "The body is not a valid request to /simulate")]
    [InlineData("""{"txs":5}""", "txs")]
    [InlineData("""{"txs":{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":1}}}}}}}}}""", "txs")]
    [InlineData("""{"txs":["0x02"],"stateBlockNumber":"0x"}""", "stateBlockNumber")]
    [InlineData("""{"txs":["0x02"],"stateBlockNumber":17}""", "stateBlockNumber")]
    [InlineData("""{"txs":["0x02"],"parentBeaconBlockRoot":"0x1"}""", "parentBeaconBlockRoot")]
    [InlineData("""{"txs":["0x02"],"stepDigest":"yes"}""", "stepDigest")]
    [InlineData("""{"txs":["0x02"],"stateOverrides":{"0x0000000000000000000000000000000000000001":{"nonce":"0x10000000000000000"}}}""", "nonce")]
    [InlineData("""{"txs":["0x02"],"stateOverrides":{"0x0000000000000000000000000000000000000001":{"code":"0x123"}}}""", "code")]
    [InlineData("""{"txs":null}""", "txs")]
    [InlineData("{}", "'txs' is missing")]
    [InlineData("""{"txs":[]}""", "The bundle is empty")]
    [InlineData("""{"txs":["0x02"],"extra":1}""", "'extra' is not a member")]
    [InlineData("""{"txs":["0x02"],"account":5}""", "$.account")]
    [InlineData("""{"txs":["0x02"],"stateOverrides":[]}""", "$.stateOverrides")]
    [InlineData("""{"txs":[1e400]}""", "$.txs[0]")]
    [InlineData("5", "not of the expected type")]
    [InlineData("\"text\"", "not of the expected type")]
    [InlineData("tru", "line 1")]
    [InlineData("""{"txs":[null]}""", "txs[0]")]
    [InlineData("""{"txs":["0x1"]}""", "txs[0]")]
    [InlineData("""{"txs":["02"]}""", "txs[0]")]
    [InlineData("""{"txs":["0x02"],"account":"bob"}""", "account")]
    [InlineData("""{"txs":["0x02"],"revertingTxHashes":["0x02"]}""", "revertingTxHashes[0]")]
    [InlineData("""{"txs":["0x02"],"stateOverrides":{"0x12":{}}}""", "0x12")]
    [InlineData("""{"txs":["0x02"],"stateOverrides":{"0x0000000000000000000000000000000000000001":{"balance":"much"}}}""", "balance")]
    [InlineData("""{"txs":["0x02"],"stateOverrides":{"0x0000000000000000000000000000000000000001":{"stateDiff":{"x":"0x1"}}}}""", "stateDiff")]
    [InlineData("""{"txs":["0x02"],"stateOverrides":{"0x0000000000000000000000000000000000000001":{"state":{}}}}""", "state")]
    public async Task A_malformed_request_is_refused_with_a_sentence_that_names_the_place(string body, string named)
    {
        var (status, problem) = await PostAsync("/simulate", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        string detail = problem.GetProperty("detail").GetString()!;
        Assert.Contains(named, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Mempulse.", detail, StringComparison.Ordinal);
        Assert.DoesNotContain(".NET", detail, StringComparison.Ordinal);
        Assert.DoesNotContain('`', detail);
    }

    [Theory]
    [InlineData("", "no simulation 0x99")]
    [InlineData("/steps", "no simulation 0x99")]
    public async Task An_unknown_simulation_is_named(string part, string named)
    {
        var (status, problem) = await GetAsync($"/sim/0x{new string('9', 64)}{part}");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sim/12", "'12' is not a valid simulation id")]
    [InlineData("/sim/12/steps", "'12' is not a valid simulation id")]
    [InlineData("/sim/0x9999999999999999999999999999999999999999999999999999999999999999?trace=maybe", "'maybe' is not a valid 'trace'")]
    [InlineData("/sim/0x9999999999999999999999999999999999999999999999999999999999999999/steps?chain=77", "77")]
    public async Task A_malformed_query_is_answered_with_a_sentence(string path, string named)
    {
        var (status, problem) = await GetAsync(path);

        Assert.InRange((int)status, 400, 404);
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        var (status, _) = await PostAsync("/simulate", $$"""{"txs":["0x{{new string('0', 9 << 20)}}"]}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task Without_an_RPC_endpoint_state_is_unavailable()
    {
        var (status, problem) = await PostAsync("/simulate", """{"txs":["0x02"]}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("chain 1", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> GetAsync(string path)
    {
        using var response = await node.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (response.StatusCode, answer.RootElement.Clone());
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.ExpectContinue = true; // so that an oversized body is refused before it is sent
        using var response = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (response.StatusCode, answer.RootElement.Clone());
    }
}
