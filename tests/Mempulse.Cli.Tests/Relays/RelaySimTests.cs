using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Cli.Tests.Relays;

/// <summary><c>mempulse relay-sim</c>: the simulated builder as a user's own tests start it.</summary>
public sealed class RelaySimTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _client = new();
    private readonly string _port = AnvilNode.FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Uri Address => new($"http://127.0.0.1:{_port}/");

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task It_speaks_the_dialect_at_its_port_and_ends_after_the_requests_that_were_asked_for()
    {
        var text = Run("--dialect", "quasar", "--count", "2");
        Assert.Equal((HttpStatusCode.OK, 200), await CancelAsync("eth_cancelBundle"));
        Assert.Equal((HttpStatusCode.OK, null), await CancelAsync("eth_unknown"));
        var without = await text;

        var json = Run("--dialect", "quasar", "--count", "1", "--json");
        await CancelAsync("eth_cancelBundle");
        var with = await json;

        Assert.Equal((0, 0), (without.ExitCode, with.ExitCode));
        Assert.Equal(
            [$"Quasar listens at {Address}", "request 1 CancelBundle - none", "request 2 - - refused: the method eth_unknown does not exist"],
            without.Lines.Select(line => line.TrimEnd('/') == $"Quasar listens at {Address}".TrimEnd('/') ? $"Quasar listens at {Address}" : line));
        Assert.Equal("quasar", (string)JsonNode.Parse(with.Lines[0])!["dialect"]!);
        Assert.Equal((1, "CancelBundle", "none"), ((int)with.Json["request"]!, (string)with.Json["method"]!, (string)with.Json["fault"]!));
    }

    [Fact]
    public async Task Faults_come_in_the_order_of_their_options()
    {
        var run = Run("--fault", "too-many-requests:2", "--fault", "gateway-timeout", "--count", "4");
        var statuses = new List<HttpStatusCode>();
        for (int i = 0; i < 4; i++)
        {
            statuses.Add((await CancelAsync("eth_cancelBundle")).Status);
        }

        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.GatewayTimeout, HttpStatusCode.OK], statuses);
        Assert.Equal(0, (await run).ExitCode);
    }

    [Fact]
    public async Task A_late_answer_comes_after_the_time_that_was_asked_for()
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var run = CliRun.InProcessAsync(_time, stopped.Token, "relay-sim", "--port", _port, "--fault", "late", "--late-by", "3600");
        await Until.TrueAsync(IsUpAsync, "it listens");
        var asked = _time.GetUtcNow();
        var answer = CancelAsync("eth_cancelBundle");
        await Until.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(60));
                return answer.IsCompleted;
            },
            "the answer comes");
        Assert.True(_time.GetUtcNow() - asked >= TimeSpan.FromSeconds(3600));
        await stopped.CancelAsync();

        Assert.Equal(HttpStatusCode.OK, (await answer).Status);
        Assert.Equal(0, (await run).ExitCode);
    }

    [Fact]
    public async Task Blocks_are_made_on_the_node_at_the_interval()
    {
        await using var chain = await AnvilNode.StartAsync(Stop, null, "--order", "fifo");
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var run = CliRun.InProcessAsync(_time, stopped.Token, "relay-sim", "--port", _port, "--rpc", chain.HttpAddress, "--every", "1");
        await Until.TrueAsync(IsUpAsync, "it listens");
        Assert.Equal("0x0", (await chain.CallAsync("eth_blockNumber", Stop)).GetString());

        await Until.TrueAsync(
            async () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(250)); // the calls to the node have 30 s of this clock
                return (await chain.CallAsync("eth_blockNumber", Stop)).GetString() is not ("0x0" or "0x1");
            },
            "two blocks are made");
        await stopped.CancelAsync();

        var ended = await run;
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("block 1 0 of 0 bundles landed", ended.Lines);
    }

    [Theory]
    [InlineData("--dialect", "unknown", "'unknown' is not a known dialect: expected one of bloxroute, buildernet, flashbots, quasar, titan.")]
    [InlineData("--fault", "never", "'never' is not a valid fault")]
    [InlineData("--fault", "late:0", "'late:0' is not a valid fault")]
    [InlineData("--fault", "late:10001", "'late:10001' is not a valid fault")]
    [InlineData("--fault", "Late", "'Late' is not a valid fault")]
    [InlineData("--port", "65536", "--port from 0 to 65535")]
    [InlineData("--port", "-1", "--port from 0 to 65535")]
    [InlineData("--every", "12", "--every needs --rpc")]
    [InlineData("--every", "0.001", "--every from 0.01")]
    [InlineData("--late-by", "3601", "--late-by from 0 to 3600")]
    [InlineData("--count", "0", "--count of 1 or more")]
    [InlineData("--rpc", "ws://127.0.0.1:1", "'ws://127.0.0.1:1' is not a valid address of a node")]
    public async Task An_argument_that_is_not_valid_is_bad_usage(string option, string value, string sentence)
    {
        var run = await CliRun.InProcessAsync("relay-sim", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_and_a_node_that_does_not_answer_are_failures_of_the_environment()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var busy = await CliRun.InProcessAsync("relay-sim", "--port", port);
        var silent = await CliRun.InProcessAsync("relay-sim", "--rpc", $"http://127.0.0.1:{_port}", "--every", "0.01");

        Assert.Equal((3, 3), (busy.ExitCode, silent.ExitCode));
    }

    private Task<CliRun> Run(params string[] args) => CliRun.InProcessAsync(_time, Stop, ["relay-sim", "--port", _port, .. args]);

    private async Task<(HttpStatusCode Status, int? Result)> CancelAsync(string method)
    {
        var request = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = method,
            ["params"] = new JsonArray(new JsonObject { ["replacementUuid"] = "4f1e7b2a-93c4-4d2b-8a5f-0c9b6a3d7e11" }),
        };
        while (true)
        {
            try
            {
                using var response = await _client.PostAsJsonAsync(Address, request, Stop);
                string body = await response.Content.ReadAsStringAsync(Stop);
                return (response.StatusCode, body.Length > 0 && body[0] == '{' ? (int?)JsonNode.Parse(body)!["result"] : null);
            }
            catch (HttpRequestException)
            {
                await Until.TrueAsync(IsUpAsync, "it listens");
            }
        }
    }

    private async Task<bool> IsUpAsync()
    {
        using var probe = new System.Net.Sockets.TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, Address.Port, Stop);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
