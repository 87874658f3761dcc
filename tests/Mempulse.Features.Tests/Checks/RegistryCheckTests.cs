using System.Text;
using Mempulse.Features.Checks;
using Mempulse.Features.Registry;
using Mempulse.Features.Tests.Registry;

namespace Mempulse.Features.Tests.Checks;

/// <summary>What a check says about a registry that can be used.</summary>
public sealed class RegistryCheckTests
{
    private const string Contract = """{"address": "0x00000000000000000000000000000000000000aa", "name": "A", "protocol": "p", "kind": "dex", "abis": """;

    [Fact]
    public void The_shipped_registry_collides_in_the_versions_of_the_universal_router_alone_and_uses_every_layout()
    {
        var content = RegistryReader.ReadContent(ShippedRegistry.Bytes);

        Assert.All(RegistryCheck.Collisions(content), static one => Assert.StartsWith("universal-router/", one.First.Layout, StringComparison.Ordinal));
        Assert.Equal(["Inner"], RegistryCheck.Collisions(content).Select(static one => one.Difference.ToString()).Distinct());
        Assert.Equal(["selector"], RegistryCheck.Unused(content).Select(static one => one.Part).Distinct());
    }

    [Theory]
    [InlineData("f(uint256 a)", "f(uint256 a)", "swap", null)]
    [InlineData("f(uint256 a)", "f(uint256 b)", "swap", "Meaning")] // another name of the argument
    [InlineData("f(uint256 a)", "f(uint256 a)", "transfer", "Meaning")]
    [InlineData("f(uint256 a)", "g(address a)", "swap", "Signature")] // 0 is both
    [InlineData("f(uint256 a)", "g(uint256 a, uint256 b)", "swap", null)] // another length
    [InlineData("f(bytes a)", "g(uint256[] a)", "swap", "Signature")] // empty
    [InlineData("f(bytes a)", "g(uint256 a, uint256 b)", "swap", "Signature")] // an offset is a number
    [InlineData("f(bytes a, uint256 b)", "g(uint256 a, bytes b)", "swap", null)] // the offsets differ in every call
    [InlineData("f(uint256[2] a)", "g((uint256 x, bool y) a)", "swap", "Signature")]
    [InlineData("f(string[] a)", "g((uint256 x, address y)[] a)", "swap", "Signature")]
    public void Functions_collide_if_calldata_is_canonical_for_both_and_means_different_things(string one, string other, string category, string? difference)
    {
        var content = Read(
            $$"""
            "abis": {"x": {"protocol": "p", "bySelector": true, "functions": [{"signature": "{{one}}", "selector": "0x12345678", "category": "swap"}]},
                     "y": {"protocol": "p", "bySelector": true, "functions": [{"signature": "{{other}}", "selector": "0x12345678", "category": "{{category}}"}]} }
            """);

        Assert.Equal(difference is null ? [] : [difference], RegistryCheck.Collisions(content).Select(static found => found.Difference.ToString()));
    }

    [Fact]
    public void Functions_of_contracts_alone_do_not_collide() => Assert.Empty(RegistryCheck.Collisions(Read(
        $$"""
        "abis": {"x": {"protocol": "p", "functions": [{"signature": "f(uint256 a)", "category": "swap"}]},
                 "y": {"protocol": "p", "bySelector": true, "functions": [{"signature": "f(uint256 b)", "category": "swap"}]} },
        "contracts": [{{Contract}} ["x"]}]
        """)));

    [Fact]
    public void What_no_call_consults_is_named_with_the_reason()
    {
        var content = Read(
            """
            "abis": {"empty": {"protocol": "p", "bySelector": true, "functions": []},
                     "used": {"protocol": "p", "functions": [{"signature": "run(bytes c, bytes[] i)", "category": "swap", "commands": {"table": "loop", "bytes": "c", "inputs": "i"}}]},
                     "lonely": {"protocol": "p", "functions": [{"signature": "run(bytes c, bytes[] i)", "category": "swap", "commands": {"table": "lost", "bytes": "c", "inputs": "i"}}]},
                     "known": {"protocol": "p", "bySelector": true, "functions": [{"signature": "f()", "category": "swap"}]} },
            "commandTables": {"loop": {"protocol": "p", "mask": "0x3f", "commands": {"21": {"signature": "PLAN(bytes c, bytes[] i)", "category": "swap", "commands": {"table": "inner", "bytes": "c", "inputs": "i"}}}},
                              "inner": {"protocol": "p", "mask": "0x3f", "commands": {"21": {"signature": "PLAN(bytes c, bytes[] i)", "category": "swap", "commands": {"table": "loop", "bytes": "c", "inputs": "i"}}}},
                              "lost": {"protocol": "p", "mask": "0x3f", "commands": {} } },
            "contracts": [CONTRACT ["used"]}, {"address": "0x00000000000000000000000000000000000000ab", "name": "B", "protocol": "p", "kind": "dex", "abis": ["empty"]},
                          {"address": "0x00000000000000000000000000000000000000ac", "name": "C", "protocol": "p", "kind": "label"}],
            "pools": [{"name": "Pool", "protocol": "p", "tokens": {"0x00000000000000000000000000000000000000aa": []} }],
            "selectors": [{"signature": "f()", "protocol": "p", "category": "swap"}, {"signature": "g()", "protocol": "p", "category": "swap"}, {"signature": "g()", "protocol": "q", "category": "swap"}]
            """.Replace("CONTRACT", Contract, StringComparison.Ordinal));

        Assert.Equal(
            ["abi empty", "abi lonely", "commandTable lost", "contract B", "pool 0x00000000000000000000000000000000000000aa of chain 1", "selector f()", "selector g()"],
            RegistryCheck.Unused(content).Select(static one => $"{one.Part} {one.Name}"));
        Assert.All(RegistryCheck.Unused(content), static one => Assert.NotEmpty(one.Reason));
    }

    [Fact]
    public void What_changed_against_another_version_is_named_with_both_texts()
    {
        string Version(string abis, string contracts, string selectors) => $$"""" "abis": {{{abis}}}, "contracts": [{{contracts}}], "selectors": [{{selectors}}], "wrappedEther": {"1": "0x00000000000000000000000000000000000000aa"} """";
        string Abi(string name, string path) => $$"""" "{{name}}": {"protocol": "p", "functions": [{"signature": "f(uint256 a, uint256 b)", "category": "swap", "effects": [{"kind": "swap", "amountIn": "{{path}}"}]}]} """";
        var before = Read(Version($"{Abi("same", "a")}, {Abi("x", "a")}, {Abi("gone", "a")}", $$"""{{Contract}} ["x"]}""", """{"signature": "h()", "protocol": "p", "category": "swap"}"""));
        var after = Read(Version($"{Abi("same", "a")}, {Abi("x", "b")}, {Abi("new", "a")}", $$"""{{Contract}} ["x", "same"], "fromBlock": 5}""".Replace(", \"same\"", string.Empty, StringComparison.Ordinal), """{"signature": "h()", "protocol": "p", "category": "nft"}"""));

        Assert.Equal(
            [
                "Removed layout abi gone", "Added layout abi new",
                "Removed function gone 0x13d1aa2e", "Added function new 0x13d1aa2e", "Changed function x 0x13d1aa2e",
                "Removed contract 0x00000000000000000000000000000000000000aa of chain 1 from block 0", "Added contract 0x00000000000000000000000000000000000000aa of chain 1 from block 5",
                "Changed selector h()",
            ],
            RegistryComparison.Changes(before, after).Select(static one => $"{one.Kind} {one.Part} {one.Name}"));
        var changed = RegistryComparison.Changes(before, after).Single(static one => one.Name == "x 0x13d1aa2e");
        Assert.Contains("in Exact a (None)", changed.Before, StringComparison.Ordinal);
        Assert.Contains("in Exact b (None)", changed.After, StringComparison.Ordinal);
        Assert.Empty(RegistryComparison.Changes(after, after));
    }

    private static RegistryContent Read(string parts) => RegistryReader.ReadContent(Encoding.UTF8.GetBytes($$"""{"format": 1, {{parts}} }"""));
}
