using System.Text.Json.Nodes;

namespace Mempulse.Cli.Tests.Audits;

/// <summary><c>mempulse audit</c> over the shipped capture.</summary>
public sealed class AuditTests(PlayedLog played)
{
    [Fact]
    public async Task Text_and_json_say_the_same()
    {
        var json = await CliRun.InProcessAsync("audit", "head", "--data", played.Directory, "--json");
        var text = await CliRun.InProcessAsync("audit", "head", "--data", played.Directory);

        Assert.Equal((0, 0), (json.ExitCode, text.ExitCode));
        Assert.Equal((played.Watermark, "1", true), ((ulong)json.Json["asOfSeq"]!, (string)json.Json["chain"]!, (bool)json.Json["canonical"]!));
        var txs = (JsonArray)json.Json["transactions"]!;
        Assert.NotEmpty(txs);
        Assert.Equal((txs.Count, null), ((int)json.Json["matching"]!, (string?)json.Json["next"]));
        Assert.Equal($"block {(ulong)json.Json["number"]!} {(string)json.Json["hash"]!}", text.Lines[0]);
        string[] lines = [.. text.Lines.Where(static line => line.StartsWith("0x", StringComparison.Ordinal))];
        Assert.Equal(txs.Select(static tx => $"{(string)tx!["hash"]!} {(string)tx["class"]!}, {(string)tx["strength"]!}"), lines.Select(static line => line.Split([':', ';'])[0]));
        Assert.Equal(
            string.Join(", ", ((JsonArray)txs[0]!["reasons"]!).Select(static reason => (string)reason!)),
            lines[0].Split(';')[0].Split(": ") is [_, var reasons] ? reasons : string.Empty);
    }

    [Fact]
    public async Task A_block_is_found_by_its_height_and_by_its_hash()
    {
        var head = (await CliRun.InProcessAsync("audit", "head", "--data", played.Directory, "--json")).Json;

        var byHeight = await CliRun.InProcessAsync("audit", $"{(ulong)head["number"]!}", "--data", played.Directory, "--json");
        var byHash = await CliRun.InProcessAsync("audit", (string)head["hash"]!, "--data", played.Directory, "--json");

        Assert.Equal(head.ToJsonString(), byHeight.Json.ToJsonString());
        Assert.Equal(head.ToJsonString(), byHash.Json.ToJsonString());
    }

    [Fact]
    public async Task What_is_not_on_record_is_refused_with_a_sentence()
    {
        var invalid = await CliRun.InProcessAsync("audit", "latest", "--data", played.Directory);
        var low = await CliRun.InProcessAsync("audit", "7", "--data", played.Directory);
        var high = await CliRun.InProcessAsync("audit", $"{ulong.MaxValue}", "--data", played.Directory);
        var unknown = await CliRun.InProcessAsync("audit", "0x" + new string('1', 64), "--data", played.Directory);

        Assert.Equal([2, 2, 2, 2], [invalid.ExitCode, low.ExitCode, high.ExitCode, unknown.ExitCode]);
        Assert.Equal("mempulse: 'latest' is not a valid block: expected a height, 0x and 64 hex digits, or 'head'.", invalid.Error.TrimEnd());
        Assert.Contains("has no record of block 7.", low.Error, StringComparison.Ordinal);
        Assert.Contains($"has no record of block {ulong.MaxValue}.", high.Error, StringComparison.Ordinal);
        Assert.Contains($"has no record of block 0x{new string('1', 64)}.", unknown.Error, StringComparison.Ordinal);
    }
}
