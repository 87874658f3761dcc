using Mempulse.Node.Lanes;
using Mempulse.Node.Options;

namespace Mempulse.Api.Tests.Lanes;

/// <summary>The node's private key: made once, readable by its owner only, and never overwritten.</summary>
public sealed class NodeKeyFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-").FullName;

    private string KeyPath => Path.Combine(_directory, "nodekey");

    [Fact]
    public void A_key_is_made_once_and_only_its_owner_can_read_it()
    {
        var made = NodeKeyFile.LoadOrCreate(_directory);
        string text = File.ReadAllText(KeyPath);

        Assert.Equal(made.Id, NodeKeyFile.LoadOrCreate(_directory).Id);
        Assert.Equal((text, 64), (File.ReadAllText(KeyPath), text.Length));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(KeyPath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("1234")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_file_that_is_not_a_key_is_refused_and_left_as_it_is(string text)
    {
        File.WriteAllText(KeyPath, text);

        var refused = Assert.Throws<NodeUsageException>(() => NodeKeyFile.LoadOrCreate(_directory));

        Assert.Equal($"'{KeyPath}' is not a valid private key: expected 64 hex digits.", refused.Message);
        Assert.Equal(text, File.ReadAllText(KeyPath));
    }

    [Fact]
    public void A_key_of_another_tool_is_read_whatever_its_case_and_its_line_end()
    {
        File.WriteAllText(KeyPath, new string('A', 64) + "\n");

        Assert.Equal(new string('a', 64), Convert.ToHexStringLower(NodeKeyFile.LoadOrCreate(_directory).Export()));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
