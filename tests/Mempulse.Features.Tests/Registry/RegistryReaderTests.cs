using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Registry;

/// <summary>A registry is used as a whole, or refused with the entry that is wrong.</summary>
public sealed class RegistryReaderTests
{
    private const string Token = """{"address": "0x00000000000000000000000000000000000000aa", "name": "A", "protocol": "p", "kind": "token" """;

    [Fact]
    public void The_shipped_registry_has_its_version_its_contracts_and_its_selectors()
    {
        Assert.Equal(Keccak256.Hash(ShippedRegistry.Bytes), ShippedRegistry.Value.ContentHash);
        Assert.True(ShippedRegistry.Value.ContractCount >= 2_680);
        Assert.True(ShippedRegistry.Value.SelectorCount >= 1_603);
        Assert.Equal("approve(address,uint256)", ShippedRegistry.Value.FindBySelector(0x095ea7b3)[0].Function.Signature);
    }

    [Fact]
    public void The_entry_of_a_contract_is_the_newest_that_begins_at_the_block_or_earlier()
    {
        var registry = Read($$"""
            {"format": 1, "contracts": [
              {{Token}}, "fromBlock": 200 },
              {"chains": [1, 10], "address": "0x00000000000000000000000000000000000000aa", "name": "B", "protocol": "p", "kind": "token", "fromBlock": 100},
              {"chains": [8453], "address": "0x00000000000000000000000000000000000000aa", "name": "C", "protocol": "p", "kind": "token"}]}
            """);
        string?[] names = [.. new (ulong, ulong)[] { (1, 99), (1, 100), (1, 199), (1, 200), (1, ulong.MaxValue), (8453, 0), (10, 500) }
            .Select(at => registry.Find(new ContractKey(new ChainId(at.Item1), Address.Parse("0x00000000000000000000000000000000000000aa")), new BlockNumber(at.Item2))?.Name)];

        Assert.Equal([null, "B", "B", "A", "A", "C", "B"], names);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{}", "'format' is missing")]
    [InlineData("""{"format": 2}""", "reads format 1")]
    [InlineData("""{"format": "1"}""", "another type")]
    [InlineData("""{"format": 1, "contracts": [{"address": "0x12", "name": "A", "protocol": "p", "kind": "k"}]}""", "'0x12' of contract 'A' is not a valid address")]
    [InlineData("""{"format": 1, "contracts": [{"address": "0x00000000000000000000000000000000000000aa", "protocol": "p", "kind": "k"}]}""", "'name' is missing")]
    [InlineData("""{"format": 1, "contracts": [{"address": "0x00000000000000000000000000000000000000aa", "name": "A", "protocol": "p", "kind": "k", "abis": ["x"]}]}""", "names the ABI 'x'")]
    [InlineData("""{"format": 1, "abis": {"x": {"protocol": "p", "functions": [{"signature": "f(uint7)", "category": "swap"}]}}}""", "'f(uint7)' of 'x' cannot be used")]
    [InlineData("""{"format": 1, "abis": {"x": {"protocol": "p", "functions": [{"signature": "f()", "category": "swaps"}]}}}""", "'swaps' is not a valid category: expected one of unknown, transfer")]
    [InlineData("""{"format": 1, "abis": {"x": {"protocol": "p", "functions": [{"signature": "f()", "category": "swap"}, {"signature": "f()", "category": "swap"}]}}}""", "two functions with selector")]
    [InlineData("""{"format": 1, "abis": {"x": {"protocol": "p", "functions": [{"signature": "f(uint256 a)", "category": "swap", "effects": [{"kind": "swap", "tokenIn": "b"}]}]}}}""", "'b' is not a member")]
    [InlineData("""{"format": 1, "abis": {"x": {"protocol": "p", "functions": [{"signature": "f(address[2] a)", "category": "swap", "effects": [{"kind": "swap", "tokenIn": "a[2]"}]}]}}}""", "is not an element")]
    [InlineData("""{"format": 1, "abis": {"x": {"protocol": "p", "functions": [{"signature": "f(address a)", "category": "swap", "effects": [{"kind": "swap", "tokenIn": "a|first20"}]}]}}}""", "taken of bytes")]
    [InlineData("""{"format": 1, "abis": {"x": {"protocol": "p", "functions": [{"signature": "f(uint256 a)", "category": "swap", "effects": [{"kind": "swap", "amountIn": {"sentinels": []}}]}]}}}""", "states no amount")]
    [InlineData("""{"format": 1, "abis": {"x": {"protocol": "p", "functions": [{"signature": "f(bytes c, bytes[] i)", "category": "swap", "commands": {"table": "t", "bytes": "c", "inputs": "i"}}]}}}""", "table 't' is not in the registry")]
    [InlineData("""{"format": 1, "abis": {"x": {"protocol": "p", "functions": [{"signature": "f(bytes c)", "category": "swap", "calls": {"each": "c", "data": "item", "target": "@target"}}]}}}""", "'c' is not an array")]
    [InlineData("""{"format": 1, "commandTables": {"t": {"protocol": "p", "mask": "0x1f", "commands": {"20": {"signature": "C()", "category": "swap"}}}}}""", "outside of the mask")]
    [InlineData("""{"format": 1, "commandTables": {"t": {"protocol": "p", "mask": "1x", "commands": {}}}}""", "'1x' in 't' is not a valid byte")]
    [InlineData("""{"format": 1, "selectors": [{"signature": "f(", "protocol": "p", "category": "swap"}]}""", "A selector cannot be used")]
    public void A_registry_that_cannot_be_used_is_refused_with_what_is_wrong(string json, string part) =>
        Assert.Contains(part, Assert.Throws<RegistryException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_entries_of_a_contract_from_one_block_are_refused() =>
        Assert.Contains("two entries from block 0", Assert.Throws<RegistryException>(() => Read($$"""{"format": 1, "contracts": [{{Token}} }, {{Token}} }]}""")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_registry_has_at_most_its_number_of_entries()
    {
        string one = """{"signature": "f()", "protocol": "p", "category": "swap"}""";
        string Selectors(int count) => $$"""{"format": 1, "selectors": [{{string.Join(',', Enumerable.Range(0, count).Select(i => one.Replace("f()", $"f{i}()", StringComparison.Ordinal)))}}]}""";

        Assert.True(Read(Selectors(RegistryReader.MaxEntries)).SelectorCount > 99_000); // some share a selector
        Assert.Contains("more than 100000 selectors", Assert.Throws<RegistryException>(() => Read(Selectors(RegistryReader.MaxEntries + 1))).Message, StringComparison.Ordinal);
    }

    private static ContractRegistry Read(string json) => RegistryReader.Read(Encoding.UTF8.GetBytes(json));
}
