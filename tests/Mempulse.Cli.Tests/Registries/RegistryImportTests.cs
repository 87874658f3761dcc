using Mempulse.Cli.Tests.Descriptors;
using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Storage.Rules;

namespace Mempulse.Cli.Tests.Registries;

/// <summary><c>mempulse registry import</c>: what it writes, and how it ends.</summary>
public sealed class RegistryImportTests : IDisposable
{
    private const string Registry = """
        {"format": 1,
         "abis": {"x": {"protocol": "p", "functions": [{"signature": "good(uint256 own)", "category": "swap"}]} },
         "contracts": [{"chains": [1, 10], "address": "0x00000000000000000000000000000000000000aa", "name": "A", "protocol": "p", "kind": "dex", "abis": ["x"]}],
         "pools": [{"name": "Pool", "protocol": "p", "tokens": {"0x00000000000000000000000000000000000000bb": []}}]}
        """;

    private const string Described = """
        {"context": {"contract": {"deployments": [{"chainId": 10, "address": "0x00000000000000000000000000000000000000AA"}, {"chainId": 1, "address": "0x00000000000000000000000000000000000000bb"},
                                                  {"chainId": 5, "address": "0x00000000000000000000000000000000000000cc"}]}},
         "metadata": {"contractName": "Described"},
         "display": {"formats": {"good(uint256 a)": {"fields": []}, "more(uint256 a)": {"fields": [{"format": "amount", "path": "a"}]}}}}
        """;

    private readonly ScratchDirectory _scratch = new();

    public RegistryImportTests()
    {
        File.WriteAllText(_scratch["registry.json"], Registry);
        Directory.CreateDirectory(_scratch["in"]);
        File.WriteAllText(_scratch["in/one.json"], Described);
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_contract_keeps_its_functions_and_gets_those_that_it_has_not_on_the_chains_that_are_named()
    {
        var run = await CliRun.InProcessAsync("registry", "import", _scratch["in"], "--into", _scratch["registry.json"], "--out", _scratch["out.json"]);
        var registry = RegistryFile.Read(_scratch["out.json"]).Registry;

        Assert.Equal(
            [
                "skipped  one.json 0x00000000000000000000000000000000000000bb of chain 1: the registry knows it as a pool",
                "1 descriptors: 3 functions for 2 contracts, 1 entries skipped", // "more" alone for one contract, both for the other
                $"wrote {_scratch["out.json"]}, version {registry.ContentHash}",
            ],
            run.Lines);
        Assert.Equal(["x"], Layouts(registry, 1, "aa"));
        Assert.Equal(["x", "erc7730/one#2"], Layouts(registry, 10, "aa"));
        Assert.Equal(["erc7730/one"], Layouts(registry, 5, "cc"));
        Assert.Equal([], Layouts(registry, 1, "bb"));
    }

    [Fact]
    public async Task A_file_that_exists_is_not_overwritten_and_a_path_that_does_not_is_bad_usage()
    {
        var exists = await CliRun.InProcessAsync("registry", "import", _scratch["in"], "--out", _scratch["registry.json"]);
        var missing = await CliRun.InProcessAsync("registry", "import", _scratch["none"], "--out", _scratch["out.json"]);

        Assert.Equal((2, 2), (exists.ExitCode, missing.ExitCode));
        Assert.Contains("it exists. Name another file.", exists.Error, StringComparison.Ordinal);
        Assert.Contains("it is neither a file nor a folder", missing.Error, StringComparison.Ordinal);
        Assert.Equal(Registry, await File.ReadAllTextAsync(_scratch["registry.json"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_shipped_descriptors_are_added_to_the_shipped_registry_by_default()
    {
        ClearSigning.WriteTo(_scratch["descriptors"]);

        var run = await CliRun.InProcessAsync("registry", "import", _scratch["descriptors"], "--out", _scratch["out.json"], "--json");

        Assert.Equal((0, 35), (run.ExitCode, (int)run.Json["descriptors"]!));
        Assert.True((int)run.Json["contracts"]! > 100);
        Assert.True(RegistryFile.Read(_scratch["out.json"]).Registry.ContractCount > 14_000);
    }

    private static IEnumerable<string> Layouts(ContractRegistry registry, ulong chain, string end)
    {
        var entry = registry.Find(new ContractKey(new ChainId(chain), Address.Parse($"0x{new string('0', 38)}{end}")), new BlockNumber(ulong.MaxValue));
        var functions = new List<string>();
        foreach (uint selector in new[] { Selector("good(uint256)"), Selector("more(uint256)") })
        {
            if (entry!.Functions.TryFind(selector, out var function))
            {
                functions.Add(function.Layout);
            }
        }

        return functions.Distinct();
    }

    private static uint Selector(string signature) => Ethereum.Abi.AbiFunction.Parse(signature).Selector;
}
