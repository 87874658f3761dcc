using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mempulse.Cli.Tests.Keys;

/// <summary><c>mempulse key new</c>: the key and the settings that let it in.</summary>
public sealed class KeyNewTests
{
    [Fact]
    public async Task Each_key_is_new_and_its_hash_is_that_of_its_text()
    {
        var (first, second) = (await NewAsync("one"), await NewAsync("one"));

        Assert.NotEqual(first.GetProperty("key").GetString(), second.GetProperty("key").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(first.GetProperty("key").GetString()!))), first.GetProperty("sha256").GetString());
        Assert.Equal("Read", first.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task The_settings_have_the_hash_and_not_the_key()
    {
        var run = await CliRun.InProcessAsync("key", "new", "research");

        string key = run.Lines[0]["key       ".Length..];
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Mempulse__Api__Keys__0__Name=research", run.Lines[1], StringComparison.Ordinal);
        Assert.EndsWith($"__Sha256={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}", run.Lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain(run.Lines.Skip(1), line => line.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_may_operate_says_so() =>
        Assert.Equal("Operate", (await NewAsync("bot", "--operate")).GetProperty("scope").GetString());

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a=b")]
    public async Task A_name_that_a_setting_cannot_have_is_bad_usage(string name)
    {
        var run = await CliRun.InProcessAsync("key", "new", name);

        Assert.Equal((2, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("is not a valid name", run.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> NewAsync(params string[] arguments)
    {
        var run = await CliRun.InProcessAsync(["key", "new", .. arguments, "--json"]);
        return JsonDocument.Parse(run.Output).RootElement.Clone();
    }
}
