using System.Diagnostics.CodeAnalysis;
using Mempulse.Node;
using Mempulse.Testing.Nodes;
using Mempulse.Testing.Waiting;

namespace Mempulse.Api.Tests.Starting;

/// <summary>A node that is stopped at any time of its start, or later, ends with exit code 0 and without an error.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "What the test builds owns its parts.")]
public sealed class StopTests : IDisposable
{
    private readonly string _data = Path.Combine(Directory.CreateTempSubdirectory("mempulse-").FullName, "data");
    private readonly Lock _gate = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public async Task Before_it_starts_it_opens_nothing()
    {
        Assert.Equal(NodeCommand.Good, await RunAsync(new CancellationToken(canceled: true)));

        Assert.Equal((string.Empty, string.Empty), (_output.ToString(), _errors.ToString()));
        Assert.False(Directory.Exists(Path.Combine(_data, "1")));
    }

    [Fact]
    public async Task While_it_waits_for_a_node_to_state_its_chain_it_opens_nothing()
    {
        await using var silent = new ScriptedNode { Result = static (_, _) => null };
        using var stop = new CancellationTokenSource();

        var running = RunAsync(stop.Token, "--chain", "1337", "--rpc", silent.HttpAddress, "--p2p", "none");
        await Until.TrueAsync(() => silent.Messages > 0, "the node is asked");
        await stop.CancelAsync();

        Assert.Equal(NodeCommand.Good, await running);
        Assert.Equal((string.Empty, string.Empty), (_output.ToString(), _errors.ToString()));
        Assert.False(Directory.Exists(Path.Combine(_data, "1337")));
    }

    [Fact]
    public async Task While_it_runs_it_has_said_where_its_log_and_its_API_are()
    {
        using var stop = new CancellationTokenSource();

        var running = RunAsync(stop.Token, "--speed", "1");
        await Until.TrueAsync(() => Said().Contains("Ctrl+C stops it.", StringComparison.Ordinal), "it has started", limitSeconds: 60);
        string said = Said();
        await stop.CancelAsync();

        Assert.Equal(NodeCommand.Good, await running);
        Assert.Empty(_errors.ToString());
        Assert.Contains("mempulse node: capture \"mainnet-swaps\" at pace x1 (synthetic: ", said, StringComparison.Ordinal);
        Assert.Contains($"  log        {Path.Combine(_data, "1")}", said, StringComparison.Ordinal);
        Assert.Matches(@"  API        http://127\.0\.0\.1:[1-9][0-9]*/docs", said);
    }

    [Theory]
    [InlineData("api", "API ", true, false)]
    [InlineData("log", "metrics ", false, true)]
    public async Task A_process_says_only_what_it_does(string roles, string word, bool hasApi, bool hasLog)
    {
        using var stop = new CancellationTokenSource();

        var running = RunAsync(stop.Token, "--roles", roles);
        await Until.TrueAsync(() => Said().Contains("Ctrl+C stops it.", StringComparison.Ordinal), "it has started", limitSeconds: 60);
        string said = Said();
        await stop.CancelAsync();
        await running;

        Assert.Contains(word, said, StringComparison.Ordinal);
        Assert.Equal((hasApi, hasLog), (said.Contains("/docs", StringComparison.Ordinal), said.Contains("  log        ", StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        Directory.Delete(Path.GetDirectoryName(_data)!, recursive: true);
    }

    private string Said()
    {
        lock (_gate)
        {
            return _output.ToString();
        }
    }

    private Task<int> RunAsync(CancellationToken stop, params string[] arguments) => NodeCommand.RunAsync(
        ["--data", _data, "--urls", "http://127.0.0.1:0", .. arguments], new LockedWriter(_output, _gate), _errors, stop);

    /// <summary>Writes under the lock that a reader takes.</summary>
    private sealed class LockedWriter(StringWriter inner, Lock gate) : TextWriter
    {
        public override System.Text.Encoding Encoding => inner.Encoding;

        public override void Write(char value)
        {
            lock (gate)
            {
                inner.Write(value);
            }
        }

        public override void Write(string? value)
        {
            lock (gate)
            {
                inner.Write(value);
            }
        }
    }
}
