namespace Mempulse.Cli.Tests.Registries;

/// <summary><c>mempulse registry check</c>: what it prints, and how it ends.</summary>
public sealed class RegistryCheckTests
{
    private const string Colliding = """
        {"format": 1, "abis": {"x": {"protocol": "p", "bySelector": true, "functions": [{"signature": "f(uint256 a)", "category": "swap"}]},
                               "y": {"protocol": "p", "bySelector": true, "functions": [{"signature": "f(uint256 b)", "category": "swap"}]},
                               "z": {"protocol": "p", "functions": [{"signature": "f(uint256 b)", "category": "swap"}]} }}
        """;

    [Fact]
    public async Task Collisions_and_unused_entries_are_a_line_each()
    {
        using var scratch = new ScratchDirectory();
        await File.WriteAllTextAsync(scratch["r.json"], Colliding, TestContext.Current.CancellationToken);

        var run = await CliRun.InProcessAsync("registry", "check", scratch["r.json"]);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(
            [
                "3 ABIs and 0 command tables with 3 functions, 0 contracts (0 without functions of their own), 2 functions by selector",
                "1 collisions",
                "collision  0xb3de648b x: f(uint256) and y: f(uint256): another meaning of the same arguments",
                "1 unused entries",
                "unused  abi z: no contract names it, and it is not recognised by selector",
            ],
            run.Lines.Skip(1));
    }

    [Fact]
    public async Task Against_another_version_what_changed_is_listed_up_to_the_limit_and_counted()
    {
        using var scratch = new ScratchDirectory();
        await File.WriteAllTextAsync(scratch["r.json"], Colliding, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(scratch["empty.json"], """{"format": 1}""", TestContext.Current.CancellationToken);

        var text = await CliRun.InProcessAsync("registry", "check", scratch["empty.json"], "--against", scratch["r.json"], "--limit", "2");
        var json = await CliRun.InProcessAsync("registry", "check", scratch["empty.json"], "--against", scratch["r.json"], "--json");

        Assert.StartsWith("6 changes from 0x", text.Lines[4], StringComparison.Ordinal);
        Assert.Equal(["removed  layout abi x", "removed  layout abi y", "and 4 more"], text.Lines.Skip(5));
        Assert.Equal((6, 6, "removed"), ((int)json.Json["changes"]!["count"]!, json.Json["changes"]!["entries"]!.AsArray().Count, (string)json.Json["changes"]!["entries"]![5]!["change"]!));
    }

    [Theory]
    [InlineData("{}", 1, "'format' is missing")]
    [InlineData("[", 1, "is not JSON")]
    [InlineData(null, 2, "Could not find")]
    public async Task A_broken_file_is_damage_with_the_registrys_own_sentence_and_a_missing_one_bad_usage(string? content, int exitCode, string sentence)
    {
        using var scratch = new ScratchDirectory();
        await File.WriteAllTextAsync(scratch["good.json"], """{"format": 1}""", TestContext.Current.CancellationToken);
        if (content is not null)
        {
            await File.WriteAllTextAsync(scratch["r.json"], content, TestContext.Current.CancellationToken);
        }

        var alone = await CliRun.InProcessAsync("registry", "check", scratch["r.json"]);
        var against = await CliRun.InProcessAsync("registry", "check", scratch["good.json"], "--against", scratch["r.json"]);

        Assert.Equal((exitCode, exitCode), (alone.ExitCode, against.ExitCode));
        Assert.Contains(sentence, alone.Error, StringComparison.Ordinal);
        Assert.Contains(sentence, against.Error, StringComparison.Ordinal);
        Assert.Empty(alone.Output + against.Output);
    }

    [Fact]
    public async Task A_limit_below_0_is_bad_usage()
    {
        var run = await CliRun.InProcessAsync("registry", "check", "x", "--limit", "-1");

        Assert.Equal((2, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("'-1' is not a valid limit: expected 0 or more.", run.Error, StringComparison.Ordinal);
    }
}
