using System.Net;
using System.Net.Sockets;
using Mempulse.Cli.Tests.Invocation;

namespace Mempulse.Cli.Tests.Monitoring;

public sealed class TopTests
{
    private const string First =
        """
        {"chain":"1","synthetic":true,"time":"","timeMs":1000,"log":{"state":"Writable","detail":"","epoch":3,"watermark":100,"appendedEvents":100,"duplicateEvents":0,"durableBytes":1000,"unpublishedEvents":0},
        "fold":{"phase":"Following","appliedSeq":98,"lagEvents":2,"digest":"abc","eventTime":"","headNumber":22431080,"checkpointSeq":0,"derivedWaiting":0,"divergences":0,"detail":""},
        "pool":{"Pending":17,"Queued":4},"follower":{"offers":9,"events":100,"holes":1,"stalls":0},
        "lanes":[{"host":"h","name":"playback","running":true,"failure":"","synthetic":true,"logAvailable":true,"sources":[],"accepted":50,"decoded":20,"appended":100,"queueDepth":7,"queuePeak":9,"queueCapacity":16384,"drops":{"DecodeFail":1}}],
        "sources":[{"id":"a","name":"synthetic-virginia","connected":true,"synthetic":true,"sightings":40,"firsts":13}],"somethingNewer":{"a":1}}
        """;

    private static readonly string s_second = First
        .Replace("\"timeMs\":1000", "\"timeMs\":3000", StringComparison.Ordinal)
        .Replace("\"appendedEvents\":100", "\"appendedEvents\":2100", StringComparison.Ordinal);

    [Fact]
    public async Task It_shows_rates_pool_lag_queues_drops_and_sources()
    {
        await using var node = new StatusStub(First, s_second);

        var run = await CliRun.InProcessAsync("top", "--url", node.Url, "--count", "2", "--interval", "0.1");

        Assert.Equal(0, run.ExitCode);
        Assert.All(
            ["1,000 events/s", "lag 2", "SYNTHETIC", "Pending", "17", "7/16384", "DecodeFail 1", "synthetic-virginia", "22431080"],
            shown => Assert.Contains(shown, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_json_it_prints_the_nodes_answer_on_one_line()
    {
        await using var node = new StatusStub(First);

        var run = await CliRun.InProcessAsync("top", "--url", node.Url, "--count", "1", "--json");

        Assert.Equal(100, (int)run.Json["log"]!["watermark"]!);
        Assert.Single(run.Lines);
    }

    [Fact]
    public async Task A_server_that_is_not_a_node_is_reported_in_one_sentence()
    {
        await using var node = new StatusStub("<html>");

        var run = await CliRun.InProcessAsync("top", "--url", node.Url, "--count", "1");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("is not a Mempulse node", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", 2)]
    [InlineData("ftp://127.0.0.1", 2)]
    [InlineData("http://127.0.0.1:1", 3)]
    public async Task An_invalid_address_is_bad_usage_and_an_unreachable_one_an_environment_failure(string address, int exitCode)
    {
        var run = await CliRun.InProcessAsync("top", "--url", address);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(address, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_is_asked_for_by_its_id()
    {
        await using var node = new StatusStub(First, First);

        await CliRun.InProcessAsync("top", "--url", node.Url, "--count", "1");
        string first = node.Request;
        await CliRun.InProcessAsync("top", "--url", node.Url, "--count", "1", "--chain", "5");

        Assert.Equal(("GET /status HTTP/1.1", "GET /status?chain=5 HTTP/1.1"), (first, node.Request));
    }

    [Theory]
    [InlineData("--interval", "0.09", 2)]
    [InlineData("--interval", "3601", 2)]
    [InlineData("--interval", "0.1", 0)]
    [InlineData("--interval", "3600", 0)]
    [InlineData("--count", "0", 2)]
    public async Task An_interval_or_a_count_beyond_its_bounds_is_bad_usage(string option, string value, int exitCode)
    {
        await using var node = new StatusStub(First);

        var run = await CliRun.InProcessAsync(["top", "--url", node.Url, option, value, .. option == "--count" ? (string[])[] : ["--count", "1"]]);

        Assert.Equal((exitCode, exitCode != 0), (run.ExitCode, run.Error.Contains("The options are not valid: expected --interval from 0.1 to 3600", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task It_asks_again_after_each_interval_until_the_count()
    {
        await using var node = new StatusStub(First, s_second, First);

        var run = await CliRun.InProcessAsync("top", "--url", node.Url, "--count", "3", "--interval", "0.1", "--json");

        Assert.Equal([1000, 3000, 1000], run.Lines.Select(line => (int)System.Text.Json.Nodes.JsonNode.Parse(line)!["timeMs"]!));
    }

    [Fact]
    public async Task It_shows_trouble_failed_lanes_lost_sources_and_no_rate_across_a_restart()
    {
        string restarted = First
            .Replace("\"timeMs\":1000", "\"timeMs\":2000", StringComparison.Ordinal)
            .Replace("\"synthetic\":true,\"time\"", "\"synthetic\":false,\"time\"", StringComparison.Ordinal)
            .Replace("\"appendedEvents\":100", "\"appendedEvents\":7", StringComparison.Ordinal)
            .Replace("\"epoch\":3", "\"detail\":\"No space.\",\"epoch\":3", StringComparison.Ordinal)
            .Replace("\"running\":true,\"failure\":\"\"", "\"running\":false,\"failure\":\"It broke.\"", StringComparison.Ordinal)
            .Replace("\"DecodeFail\":1", "\"DecodeFail\":0", StringComparison.Ordinal)
            .Replace("\"connected\":true", "\"connected\":false", StringComparison.Ordinal);
        string ended = restarted.Replace("\"failure\":\"It broke.\"", "\"failure\":\"\"", StringComparison.Ordinal).Replace("\"timeMs\":2000", "\"timeMs\":1999", StringComparison.Ordinal);
        await using var node = new StatusStub(First, restarted, ended);

        var run = await CliRun.InProcessAsync("top", "--url", node.Url, "--count", "3", "--interval", "0.1");
        string[] looks = run.Output.Split("chain 1")[1..];

        Assert.Equal(0, run.ExitCode);
        Assert.All(["SYNTHETIC", "- events/s", "playback ", "yes", "DecodeFail 1", " 9 "], shown => Assert.Contains(shown, looks[0], StringComparison.Ordinal));
        Assert.All(["No space.", " 0 events/s", "playback (failed)", "no\u001b", " none "], shown => Assert.Contains(shown, looks[1], StringComparison.Ordinal));
        Assert.All(["SYNTHETIC", "DecodeFail", " yes "], hidden => Assert.DoesNotContain(hidden, looks[1], StringComparison.Ordinal));
        Assert.All(["- events/s", "playback (ended)"], shown => Assert.Contains(shown, looks[2], StringComparison.Ordinal)); // its clock was set back
    }

    [Fact]
    public async Task An_answer_that_is_not_a_success_is_an_environment_failure()
    {
        await using var node = new StatusStub(First) { Status = "503 Service Unavailable" };

        var run = await CliRun.InProcessAsync("top", "--url", node.Url, "--count", "1");

        Assert.Equal((3, $"mempulse: The node at {node.Url}/status answered with status 503.\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_an_environment_failure()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}";

        var run = await CliRun.InProcessAsync(new HastyTime(), TestContext.Current.CancellationToken, "top", "--url", url, "--count", "1");

        Assert.Equal((3, $"mempulse: Cannot reach a node at {url}/: no answer within 5 s.\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task An_interruption_ends_the_view_and_is_a_success()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var interruption = new CancellationTokenSource();
        var running = CliRun.InProcessAsync(TimeProvider.System, interruption.Token, "top", "--url", $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
        using var asked = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        await interruption.CancelAsync();
        var run = await running;

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
    }
}
