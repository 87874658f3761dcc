using Mempulse.Canon;
using Mempulse.Node;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests;

public sealed class NodeCommandTests
{
    [Theory]
    [InlineData("--nonsense", "1")]
    [InlineData("--rpc", "ftp://example.org")]
    [InlineData("--rpc", "not a url")]
    [InlineData("--chain", "x")]
    [InlineData("--capture", "/no/such/file.mpc")]
    [InlineData("--speed", "-1")]
    [InlineData("--urls", "127.0.0.1")]
    [InlineData("--urls", "http://0.0.0.0:0")]
    [InlineData("--p2p", "nowhere")]
    [InlineData("--peer", "enode://12@127.0.0.1:1")]
    [InlineData("--dns-tree", "enrtree://nobody@example.org")]
    [InlineData("--max-peers", "0")]
    [InlineData("--genesis", "0x12")]
    [InlineData("--roles", "3")]
    [InlineData("stray", null)]
    [InlineData("--data", null)]
    public async Task A_bad_option_is_one_sentence_and_exit_code_2(string option, string? value)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        int code = await NodeCommand.RunAsync(value is null ? [option] : [option, value], output, errors, TestContext.Current.CancellationToken);

        Assert.Equal(NodeCommand.BadUsage, code);
        Assert.Single(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task A_log_that_another_process_writes_is_one_sentence_and_exit_code_3()
    {
        var (code, errors) = await RunOnLogAsync(directory => EventLog.Open(new EventLogOptions { Directory = directory, Chain = new ChainId(1) }));

        Assert.Equal(NodeCommand.Environment, code);
        Assert.Single(errors);
    }

    [Fact]
    public async Task A_damaged_log_is_one_sentence_and_exit_code_1()
    {
        var (code, errors) = await RunOnLogAsync(directory =>
        {
            EventLog.Open(new EventLogOptions { Directory = directory, Chain = new ChainId(1) }).Dispose();
            string segment = Directory.EnumerateFiles(directory, "*.wal").Single();
            byte[] bytes = File.ReadAllBytes(segment);
            bytes[8] ^= 1;
            File.WriteAllBytes(segment, bytes);
            return null;
        });

        Assert.Equal(NodeCommand.Damage, code);
        Assert.Single(errors);
    }

    [Fact]
    public async Task A_log_that_cannot_be_made_is_named_before_anything_is_opened()
    {
        string data = Directory.CreateTempSubdirectory("mempulse-").FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "1"), "a file", TestContext.Current.CancellationToken);

        var (code, errors) = await RunAsync("--data", data, "--urls", "http://127.0.0.1:0");

        Directory.Delete(data, recursive: true);
        Assert.Equal(NodeCommand.Environment, code);
        Assert.StartsWith($"Cannot write to the data directory '{Path.Combine(data, "1")}': ", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_capture_is_one_sentence_and_exit_code_1()
    {
        string data = Directory.CreateTempSubdirectory("mempulse-").FullName;
        string capture = Path.Combine(data, "damaged.mpc");
        byte[] bytes = await File.ReadAllBytesAsync(Node.Lanes.CaptureInput.SamplePath, TestContext.Current.CancellationToken);
        bytes[16] ^= 1; // in its header
        await File.WriteAllBytesAsync(capture, bytes, TestContext.Current.CancellationToken);

        var (code, errors) = await RunAsync("--data", Path.Combine(data, "logs"), "--capture", capture, "--urls", "http://127.0.0.1:0");

        Directory.Delete(data, recursive: true);
        Assert.Equal(NodeCommand.Damage, code);
        Assert.Contains(capture, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_succeeds()
    {
        using var output = new StringWriter();

        Assert.Equal(NodeCommand.Good, await NodeCommand.RunAsync(["--help"], output, TextWriter.Null, TestContext.Current.CancellationToken));
        Assert.Contains("--rpc", output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(int Code, string[] Errors)> RunAsync(params string[] arguments)
    {
        using var errors = new StringWriter();
        int code = await NodeCommand.RunAsync(arguments, TextWriter.Null, errors, TestContext.Current.CancellationToken);
        return (code, errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<(int Code, string[] Errors)> RunOnLogAsync(Func<string, IDisposable?> prepare)
    {
        string data = Directory.CreateTempSubdirectory("mempulse-").FullName;
        try
        {
            using var held = prepare(Path.Combine(data, "1"));
            using var errors = new StringWriter();
            int code = await NodeCommand.RunAsync(["--data", data, "--urls", "http://127.0.0.1:0"], TextWriter.Null, errors, TestContext.Current.CancellationToken);
            return (code, errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
