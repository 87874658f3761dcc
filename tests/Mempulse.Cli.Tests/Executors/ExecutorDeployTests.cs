using System.Text.Json.Nodes;
using Mempulse.Builder.Operators;
using Mempulse.Testing.Anvil;

namespace Mempulse.Cli.Tests.Executors;

/// <summary>mempulse executor deploy against a real node: a dry run sends nothing, and the key is never shown.</summary>
public sealed class ExecutorDeployTests : IDisposable
{
    private static readonly string _key = string.Concat(Enumerable.Repeat("41", 32)); // the first signer of the chain

    private readonly ScratchDirectory _scratch = new();

    [Fact]
    public async Task A_dry_run_plans_what_a_send_then_does_and_the_operator_owns_the_contract()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var chain = await UniswapChain.StartAsync(stop);
        await chain.Node.CallAsync("evm_setAutomine", stop, true);
        string[] arguments = ["executor", "deploy", "--rpc", chain.Node.HttpAddress, "--weth", chain.Weth.ToString(), "--json"];

        var dry = await RunAsync(arguments);
        var codeBefore = await chain.Node.CallAsync("eth_getCode", stop, (string)dry.Json["contract"]!, "latest");
        var sent = await RunAsync([.. arguments, "--send", "--patience", "60"]);
        Assert.Equal((0, 0), (dry.ExitCode, sent.ExitCode));
        string contract = (string)sent.Json["contract"]!;
        var owner = await chain.Node.CallAsync("eth_call", stop, new JsonObject { ["to"] = contract, ["data"] = "0x8da5cb5b" }, "latest");

        Assert.True((bool)dry.Json["isDryRun"]! && dry.Json["block"] is null);
        Assert.Equal("0x", codeBefore.GetString());
        Assert.Equal((string)dry.Json["contract"]!, contract);
        Assert.Equal((string)dry.Json["transaction"]!, (string)sent.Json["transaction"]!);
        Assert.False((bool)sent.Json["isDryRun"]!);
        Assert.EndsWith(chain.Signers[0].Account.ToString()[2..], owner.GetString(), StringComparison.Ordinal);
        Assert.All(new[] { dry, sent }, run => Assert.DoesNotContain(_key, run.Output + run.Error, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_stands_in_the_way_is_a_sentence()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var chain = await UniswapChain.StartAsync(stop);
        string[] arguments = ["executor", "deploy", "--rpc", chain.Node.HttpAddress];

        var otherChain = await RunAsync([.. arguments, "--weth", chain.Weth.ToString(), "--chain", "5"]);
        var noContract = await RunAsync([.. arguments, "--weth", "0x00000000000000000000000000000000000000ee"]);
        await chain.Node.CallAsync("anvil_setBalance", stop, chain.Signers[0].Account.ToString(), "0x1");
        var poor = await RunAsync([.. arguments, "--weth", chain.Weth.ToString()]);

        Assert.Equal((3, "mempulse: The node serves chain 1, not chain 5.\n"), (otherChain.ExitCode, otherChain.Error));
        Assert.Equal((3, "mempulse: There is no contract at 0x00000000000000000000000000000000000000ee, which was given as the wrapped ether of chain 1.\n"), (noContract.ExitCode, noContract.Error));
        Assert.Equal(3, poor.ExitCode);
        Assert.Contains(" has 1 wei: the deployment costs up to ", poor.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--weth", "0x12", "'0x12' is not a valid address: expected 0x and 40 hex digits.")]
    [InlineData("--patience", "0", "The value of --patience is not valid: expected more than 0 and at most 2147483 seconds.")]
    [InlineData("--key-file", "{none}", "The password of the key file is missing: put it into MEMPULSE_OPERATOR_PASSWORD.")]
    [InlineData("--rpc", "ftp://node", "The address is not a valid RPC endpoint:")]
    [InlineData("--chain", "1", "The operator's key is missing: give --key-file, or put the key into MEMPULSE_OPERATOR_KEY.")]
    public async Task Bad_usage_is_a_sentence_before_anything_is_asked(string option, string value, string sentence)
    {
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["--rpc"] = "http://127.0.0.1:1", ["--weth"] = "0x00000000000000000000000000000000000000ee" };
        given[option] = value;

        var run = await CliRun.InProcessAsync(["executor", "deploy", .. given.SelectMany(static pair => new[] { pair.Key, pair.Value })]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"mempulse: {sentence}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_with_another_password_is_bad_usage()
    {
        string file = _scratch["key.json"];
        await File.WriteAllTextAsync(file, "{}", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var run = await CliRun.AsProcessAsync(new SortedDictionary<string, string>(StringComparer.Ordinal) { [OperatorKey.PasswordVariable] = "secret-word" }, "executor", "deploy", "--rpc", "http://127.0.0.1:1", "--weth", "0x00000000000000000000000000000000000000ee", "--key-file", file);

        Assert.Equal((2, $"mempulse: The key file {file} is not a Web3 Secret Storage file of version 3.\n"), (run.ExitCode, run.Error));
    }

    public void Dispose() => _scratch.Dispose();

    private static Task<CliRun> RunAsync(string[] arguments) => CliRun.AsProcessAsync(new SortedDictionary<string, string>(StringComparer.Ordinal) { [OperatorKey.KeyVariable] = _key }, arguments);
}
