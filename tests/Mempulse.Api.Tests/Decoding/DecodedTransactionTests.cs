using System.Text.Json;

namespace Mempulse.Api.Tests.Decoding;

/// <summary>The transactions of the shipped capture on a running node: each with a body has a meaning, the same in /tx and /decode.</summary>
[Collection(nameof(RunningNode))]
public sealed class DecodedTransactionTests(RunningNode node)
{
    [Fact]
    public async Task A_router_call_of_the_capture_has_its_commands_and_its_trade()
    {
        string hash = await FindAsync("0x3593564c");

        var tx = await node.GetAsync($"/tx/{hash}");
        var decoded = await node.GetAsync($"/decode?tx={hash}");

        var tree = tx.GetProperty("decode");
        Assert.Equal(decoded.GetProperty("decode").GetRawText(), tree.GetRawText());
        Assert.Equal("execute", tree.GetProperty("call").GetProperty("function").GetString());
        Assert.Equal(tx.GetProperty("body").GetProperty("value").GetString(), tree.GetProperty("call").GetProperty("value").GetString());
        Assert.All(tree.GetProperty("call").GetProperty("calls").EnumerateArray(), command => Assert.Equal("decoded", command.GetProperty("status").GetString()));
        Assert.NotEqual(0, tree.GetProperty("trades").GetArrayLength());
        Assert.Equal(await StatedAsync(), tx.GetProperty("registry").GetString());
        Assert.Equal(await StatedAsync(), decoded.GetProperty("registry").GetString());
    }

    [Fact]
    public async Task A_transaction_that_is_not_in_the_log_is_not_found()
    {
        using var response = await node.Client.GetAsync(new Uri($"/decode?tx=0x{new string('1', 64)}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<string> StatedAsync()
    {
        var events = await node.GetAsync("/events?types=RulesLoaded");
        var registry = Assert.Single(events.GetProperty("events").EnumerateArray().Select(static stated => stated.GetProperty("payload")), static stated => stated.GetProperty("set").GetString() == "Registry");
        string stated = registry.GetProperty("contentHash").GetString()!;
        Assert.Equal(stated, (await node.GetAsync("/status")).GetProperty("fold").GetProperty("registryHash").GetString());
        return stated;
    }

    private async Task<string> FindAsync(string selector)
    {
        ulong after = 0;
        for (bool isAtEnd = false; !isAtEnd;)
        {
            var page = await node.GetAsync($"/events?types=TxDecoded&limit=1000&after={after}");
            foreach (var found in page.GetProperty("events").EnumerateArray())
            {
                if (found.GetProperty("payload").TryGetProperty("selector", out JsonElement text) && text.GetString() == selector)
                {
                    return found.GetProperty("tx").GetString()!;
                }
            }

            (after, isAtEnd) = (page.GetProperty("next").GetUInt64(), page.GetProperty("atEnd").GetBoolean());
        }

        throw new InvalidOperationException($"The capture has no call of {selector}.");
    }
}
