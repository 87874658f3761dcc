using System.Text.Json.Nodes;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Nodes;

namespace Mempulse.Cli.Tests.Recording;

public sealed class RecordTests
{
    private const string From = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    private const string To = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
    private const int TxCount = 20;

    [Fact]
    public async Task A_real_nodes_transactions_and_blocks_are_recorded_folded_and_replayed_to_the_same_digest()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var scratch = new ScratchDirectory();
        await using var node = await AnvilNode.StartAsync(cancellation);
        await node.CallAsync("anvil_mine", cancellation);
        var recording = CliRun.InProcessAsync("record", "--rpc", node.WebSocketAddress, "--out", scratch["log"], "--for", "6", "--json");

        for (int i = 0; i < TxCount; i++)
        {
            await node.CallAsync("eth_sendTransaction", cancellation, new JsonObject { ["from"] = From, ["to"] = To, ["value"] = "0x1" });
        }

        await node.CallAsync("anvil_mine", cancellation);
        var recorded = await recording;

        Assert.Equal(0, recorded.ExitCode);
        var replayed = await CliRun.AsProcessAsync("replay", scratch["log"], "--check", "--json");
        Assert.Equal(0, replayed.ExitCode);
        Assert.Equal((string)recorded.Json["digest"]!, (string)replayed.Json["digest"]!);
        Assert.Equal(0, (int)replayed.Json["notYetLogged"]!);
        var stats = await CliRun.InProcessAsync("log", "stats", scratch["log"], "--json");
        Assert.Contains(stats.Json["kinds"]!.AsArray(), kind => (string)kind!["kind"]! == "BlockObserved");
    }

    [Fact]
    public async Task A_recording_continues_in_the_same_log()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var scratch = new ScratchDirectory();
        await using var node = await AnvilNode.StartAsync(cancellation);
        await node.CallAsync("anvil_mine", cancellation);

        var first = await CliRun.InProcessAsync("record", "--rpc", node.WebSocketAddress, "--out", scratch["log"], "--for", "2", "--json");
        await node.CallAsync("anvil_mine", cancellation);
        var second = await CliRun.InProcessAsync("record", "--rpc", node.WebSocketAddress, "--out", scratch["log"], "--for", "2", "--json");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.True((ulong)second.Json["seq"]! > (ulong)first.Json["seq"]!);
        var blocks = await CliRun.InProcessAsync("log", "dump", scratch["log"], "--kind", "BlockObserved", "--json");
        var numbers = blocks.Lines.Select(line => (long)JsonNode.Parse(line)!["payload"]!["number"]!).ToList();
        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.Equal(0, (await CliRun.InProcessAsync("replay", scratch["log"], "--check")).ExitCode);
    }

    [Theory]
    [InlineData("The value of --for is not valid: expected more than 0 and at most 2147483 seconds.", "--for", "0")]
    [InlineData("The value of --for is not valid: expected more than 0 and at most 2147483 seconds.", "--for", "2147484")]
    [InlineData("The value of --patience is not valid: expected more than 0 and at most 2147483 seconds.", "--patience", "0")]
    [InlineData("The value of --patience is not valid: expected more than 0 and at most 2147483 seconds.", "--patience", "NaN")]
    [InlineData("Endpoint names are not unique.", "--rpc", "ws://127.0.0.1:1")] // the same source twice
    public async Task A_plan_that_is_not_valid_is_bad_usage_and_leaves_no_directory(string sentence, string option, string value)
    {
        using var scratch = new ScratchDirectory();

        var run = await CliRun.InProcessAsync("record", "--rpc", "ws://127.0.0.1:1", "--out", scratch["log"], option, value);

        Assert.Equal((2, false), (run.ExitCode, Directory.Exists(scratch["log"])));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://node")]
    [InlineData("node")]
    public async Task An_address_that_is_not_a_nodes_is_bad_usage_and_leaves_no_directory(string address)
    {
        using var scratch = new ScratchDirectory();

        var run = await CliRun.InProcessAsync("record", "--rpc", address, "--out", scratch["log"]);

        Assert.Equal(2, run.ExitCode);
        Assert.False(Directory.Exists(scratch["log"]));
    }

    [Theory]
    [InlineData("--for", "1")]
    [InlineData("--for", "0.001")] // over before the first attempt: the reason is awaited
    [InlineData("--patience", "1")]
    public async Task Recording_without_a_reachable_node_fails_with_a_sentence(string option, string seconds)
    {
        using var scratch = new ScratchDirectory();

        var run = await CliRun.InProcessAsync("record", "--rpc", $"ws://127.0.0.1:{AnvilNode.FreePort()}", "--out", scratch["log"], option, seconds);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("is unavailable: Cannot connect: the connection was refused.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was recorded.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ws")]
    [InlineData("http")]
    public async Task Recording_from_a_node_of_another_chain_fails_with_a_sentence(string scheme)
    {
        using var scratch = new ScratchDirectory();
        await using var node = new ScriptedNode();

        var run = await CliRun.InProcessAsync("record", "--rpc", scheme == "ws" ? node.Address : node.HttpAddress, "--chain", "5", "--out", scratch["log"], "--patience", "1");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("The node serves chain 1, not 5.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_without_subscriptions_is_recorded_by_polling_and_the_console_says_so()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var scratch = new ScratchDirectory();
        await using var node = await AnvilNode.StartAsync(cancellation);
        await node.CallAsync("anvil_mine", cancellation);

        var run = await CliRun.InProcessAsync("record", "--rpc", node.HttpAddress, "--out", scratch["log"], "--for", "2");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("offers no subscriptions: polling eth_get", run.Error, StringComparison.Ordinal);
        Assert.NotEmpty((await CliRun.InProcessAsync("log", "dump", scratch["log"], "--kind", "BlockObserved", "--json")).Lines);
    }
}
