using System.Text.Json.Nodes;
using Mempulse.Primitives;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Cli.Tests.Opportunities;

/// <summary><c>mempulse opps</c> over a log in which a pending swap moves one of two pools.</summary>
public sealed class OppsTests : IDisposable
{
    private const string Strategy = "backrun-arbitrage";

    private readonly ScratchDirectory _scratch = new();
    private readonly GlobalSeq _beforeEnd;

    public OppsTests()
    {
        var story = OppLog.Story(Log);
        _beforeEnd = story.Log.Last;
        story.Block("b1", "swap");
        OppLog.Write(Log, story);
    }

    private string Log => _scratch["log"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_opportunities_of_a_log_are_listed_at_a_position()
    {
        var before = await ListAsync("--at", $"{_beforeEnd}", "--strategy", Strategy);
        var after = await ListAsync("--strategy", Strategy);

        var open = Assert.Single(before);
        Assert.Equal(("Open", Strategy, Named.Tx("swap").ToString(), null), ((string)open["status"]!, (string)open["strategy"]!, (string)open["trigger"]!, (string?)open["reason"]));
        Assert.Equal(2, open["legs"]!.AsArray().Count);
        var closed = Assert.Single(after);
        Assert.Equal(("Invalidated", "TriggerIncluded", (string)open["id"]!), ((string)closed["status"]!, (string)closed["reason"]!, (string)closed["id"]!));

        var text = await CliRun.InProcessAsync("opps", Log, "--at", $"{_beforeEnd}", "--strategy", Strategy);
        Assert.Equal(0, text.ExitCode);
        Assert.StartsWith($"after seq {_beforeEnd}: 2 open, 0 closed, 2 detected, ", text.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{open["id"]}  open  {Strategy}/3  score {open["score"]} ", text.Lines[1], StringComparison.Ordinal);
        Assert.Contains($"gains {open["profit"]} of {OppLog.Ether}, the maximum", text.Lines[2], StringComparison.Ordinal);
        Assert.Equal(5, text.Lines.Count(static line => line.Length > 0));
    }

    [Fact]
    public async Task Only_those_that_are_asked_for_are_listed()
    {
        string at = $"{_beforeEnd}";
        long score = long.Parse((string)Assert.Single(await ListAsync("--at", at, "--strategy", Strategy))["score"]!, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(2, (await ListAsync("--at", at, "--status", "open")).Count);
        Assert.Empty(await ListAsync("--at", at, "--status", "invalidated"));
        Assert.Empty(await ListAsync("--at", at, "--status", "expired"));
        Assert.Single(await ListAsync("--at", at, "--strategy", Strategy));
        Assert.Empty(await ListAsync("--at", at, "--strategy", "other"));
        Assert.Single(await ListAsync("--at", at, "--strategy", Strategy, "--min-score", $"{score}"));
        Assert.Empty(await ListAsync("--at", at, "--strategy", Strategy, "--min-score", $"{score + 1}"));
        Assert.Single(await ListAsync("--at", at, "--limit", "1"));
    }

    [Theory]
    [InlineData("'closed' is not a valid --status: expected open, invalidated or expired.", "--status", "closed")]
    [InlineData("'0' is not a valid --limit: expected 1 to 1000.", "--limit", "0")]
    [InlineData("'1001' is not a valid --limit: expected 1 to 1000.", "--limit", "1001")]
    public async Task What_is_not_valid_is_refused_with_its_reason(string reason, params string[] options)
    {
        var run = await CliRun.InProcessAsync(["opps", Log, .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    private async Task<List<JsonNode>> ListAsync(params string[] options)
    {
        var run = await CliRun.InProcessAsync(["opps", Log, "--json", .. options]);
        Assert.Equal(0, run.ExitCode);
        return [.. run.Json["opportunities"]!.AsArray().Select(static opportunity => opportunity!)];
    }
}
