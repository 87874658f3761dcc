using Mempulse.Node;

namespace Mempulse.Api.Tests;

public sealed class NodeCommandTests
{
    [Theory]
    [InlineData("--nonsense", "1")]
    [InlineData("--rpc", "ftp://example.org")]
    [InlineData("--rpc", "not a url")]
    [InlineData("--rpc", "http://127.0.0.1:1")]
    [InlineData("--chain", "x")]
    [InlineData("--capture", "/no/such/file.mpc")]
    [InlineData("--speed", "-1")]
    [InlineData("--urls", "127.0.0.1")]
    [InlineData("--p2p", "nowhere")]
    [InlineData("--peer", "enode://12@127.0.0.1:1")]
    [InlineData("--dns-tree", "enrtree://nobody@example.org")]
    [InlineData("--max-peers", "0")]
    [InlineData("--genesis", "0x12")]
    [InlineData("stray", null)]
    [InlineData("--data", null)]
    public async Task A_bad_option_is_one_sentence_and_exit_code_2(string option, string? value)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        int code = await NodeCommand.RunAsync(value is null ? [option] : [option, value], output, errors);

        Assert.Equal(NodeCommand.BadUsage, code);
        Assert.Single(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task Help_is_good()
    {
        using var output = new StringWriter();

        Assert.Equal(NodeCommand.Good, await NodeCommand.RunAsync(["--help"], output, TextWriter.Null));
        Assert.Contains("--rpc", output.ToString(), StringComparison.Ordinal);
    }
}
