namespace Mempulse.Cli.Tests.Decoding;

/// <summary><c>mempulse decode</c>: without a node, by the shipped registry or another one.</summary>
public sealed class DecodeCommandTests
{
    private const string Usdc = "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48";
    private const string Transfer = "0xa9059cbb00000000000000000000000000000000000000000000000000000000000000aa0000000000000000000000000000000000000000000000000000000000000007";

    [Fact]
    public async Task A_transfer_is_one_line_for_the_call_and_one_for_what_it_does()
    {
        var run = await CliRun.InProcessAsync("decode", Transfer, "--to", Usdc);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(2, run.Lines.Count);
        Assert.StartsWith("transfer  ", run.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith($"{Usdc}  [Decoded] erc20", run.Lines[0], StringComparison.Ordinal);
        Assert.Equal($"transfer     7 {Usdc} -> ? ?  0x00000000000000000000000000000000000000aa", run.Lines[1]);
    }

    [Fact]
    public async Task The_JSON_has_the_tree_with_its_arguments_and_the_effects()
    {
        var run = await CliRun.InProcessAsync("decode", Transfer, "--to", Usdc, "--json");
        var call = run.Json["call"]!;

        Assert.Equal("transfer(address,uint256)", call["signature"]!.GetValue<string>());
        Assert.Equal(("0x00000000000000000000000000000000000000aa", "7"), (call["arguments"]!["to"]!.GetValue<string>(), call["arguments"]!["amount"]!.GetValue<string>()));
        Assert.Equal("exact", run.Json["effects"]![0]!["amountIn"]!["meaning"]!.GetValue<string>());
        Assert.Empty(run.Json["trades"]!.AsArray());
    }

    [Fact]
    public async Task The_value_and_the_sender_are_those_of_the_options()
    {
        var run = await CliRun.InProcessAsync("decode", "0xd0e30db0", "--to", "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2", "--value", "12", "--from", "0x00000000000000000000000000000000000000ee");

        Assert.Equal(
            "wrap         12 0x0000000000000000000000000000000000000000 -> 12 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2  0x00000000000000000000000000000000000000ee",
            run.Lines[1]);
    }

    [Theory]
    [InlineData("0xabc", Usdc, "characters is not valid: expected 0x and an even number of hex digits")]
    [InlineData("zz", Usdc, "characters is not valid: expected 0x and an even number of hex digits")]
    [InlineData(Transfer, "0x12", "'0x12' is not a valid address")]
    [InlineData(Transfer, Usdc, "'x' is not a valid amount", "--value", "x")]
    [InlineData(Transfer, Usdc, "'0x1' is not a valid address", "--from", "0x1")]
    [InlineData(Transfer, Usdc, "Could not find", "--registry", "/no/such/registry.json")]
    public async Task Input_that_is_not_valid_is_one_sentence_and_exit_code_2(string calldata, string to, string sentence, params string[] options)
    {
        var run = await CliRun.InProcessAsync(["decode", calldata, "--to", to, .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Another_registry_is_used_and_one_that_is_broken_is_refused_with_its_fault()
    {
        using var directory = new ScratchDirectory();
        string file = Path.Combine(directory.Path, "own.json");
        await File.WriteAllTextAsync(file, """{"format": 1, "selectors": [{"signature": "transfer(address,uint256)", "protocol": "p", "category": "transfer"}]}""", TestContext.Current.CancellationToken);
        var own = await CliRun.InProcessAsync("decode", Transfer, "--to", Usdc, "--registry", file);
        await File.WriteAllTextAsync(file, "{}", TestContext.Current.CancellationToken);
        var broken = await CliRun.InProcessAsync("decode", Transfer, "--to", Usdc, "--registry", file);

        Assert.Equal([$"transfer  unknown contract {Usdc}  [BySelector] selector"], own.Lines);
        Assert.Equal(2, broken.ExitCode);
        Assert.Contains("Cannot use the registry", broken.Error, StringComparison.Ordinal);
        Assert.Contains("'format' is missing", broken.Error, StringComparison.Ordinal);
    }
}
