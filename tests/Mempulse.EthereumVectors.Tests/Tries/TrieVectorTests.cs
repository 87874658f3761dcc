using System.Text;
using System.Text.Json;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Tries;
using Mempulse.Primitives;

namespace Mempulse.EthereumVectors.Tests.Tries;

/// <summary>ethereum/tests TrieTests, checked by the content that remains after all insertions and deletions.</summary>
public sealed class TrieVectorTests
{
    private const string Archive = "ethereum/ethereum-tests-Basic-RLP-Transaction-Trie-ABI-Difficulty.tar.zst";

    [Theory]
    [InlineData("TrieTests/trietest.json", false)]
    [InlineData("TrieTests/trieanyorder.json", false)]
    [InlineData("TrieTests/trietest_secureTrie.json", true)]
    [InlineData("TrieTests/trieanyorder_secureTrie.json", true)]
    [InlineData("TrieTests/hex_encoded_securetrie_test.json", true)]
    public void The_root_is_that_of_the_vector(string name, bool isSecure)
    {
        var file = Assert.Single(VectorFolder.Read(Archive, entry => entry == name));
        using var json = file.Parse();

        foreach (var test in json.RootElement.EnumerateObject())
        {
            var root = Hash256.Parse(test.Value.GetProperty("root").GetString() ?? string.Empty);
            Assert.Equal(root, RootOf(Content(test.Value.GetProperty("in")), isSecure));
            Assert.Equal(root, RootOfSteps(test.Value.GetProperty("in"), isSecure));
        }
    }

    /// <summary>Applies one step after the other, deletions included.</summary>
    private static Hash256 RootOfSteps(JsonElement input, bool isSecure)
    {
        var trie = new MerklePatriciaTrie();
        var steps = input.ValueKind == JsonValueKind.Object
            ? input.EnumerateObject().Select(entry => (Key: entry.Name, Value: entry.Value.GetString()))
            : input.EnumerateArray().Select(step => (Key: step[0].GetString() ?? string.Empty, Value: step[1].GetString()));
        foreach (var (key, value) in steps)
        {
            byte[] bytes = isSecure ? Keccak256.Hash(Bytes(key)).ToArray() : Bytes(key);
            Assert.True(value is null ? trie.TryRemove(bytes) : trie.TryPut(bytes, Bytes(value)));
        }

        return trie.ComputeRoot();
    }

    [Fact]
    public void Neighbours_follow_from_the_byte_order_of_keys()
    {
        var file = Assert.Single(VectorFolder.Read(Archive, entry => entry == "TrieTests/trietestnextprev.json"));
        using var json = file.Parse();
        foreach (var test in json.RootElement.EnumerateObject())
        {
            var keys = test.Value.GetProperty("in").EnumerateArray().Select(key => key.GetString() ?? string.Empty).Order(StringComparer.Ordinal).ToList();
            foreach (var probe in test.Value.GetProperty("tests").EnumerateArray())
            {
                string key = probe[0].GetString() ?? string.Empty;
                Assert.Equal(probe[1].GetString(), keys.FindLast(other => string.CompareOrdinal(other, key) < 0) ?? string.Empty);
                Assert.Equal(probe[2].GetString(), keys.Find(other => string.CompareOrdinal(other, key) > 0) ?? string.Empty);
            }
        }
    }

    private static Dictionary<string, string?> Content(JsonElement input)
    {
        var content = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (input.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in input.EnumerateObject())
            {
                content[entry.Name] = entry.Value.GetString();
            }
        }
        else
        {
            foreach (var step in input.EnumerateArray())
            {
                content[step[0].GetString() ?? string.Empty] = step[1].GetString();
            }
        }

        return content;
    }

    private static Hash256 RootOf(Dictionary<string, string?> content, bool isSecure)
    {
        var builder = new TrieRootBuilder();
        var entries = content
            .Where(entry => entry.Value is not null)
            .Select(entry => (Key: isSecure ? Keccak256.Hash(Bytes(entry.Key)).ToArray() : Bytes(entry.Key), Value: Bytes(entry.Value)))
            .OrderBy(entry => Convert.ToHexString(entry.Key), StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            builder.Add(key, value);
        }

        return builder.ComputeRoot();
    }

    private static byte[] Bytes(string? text) => text is not null && text.StartsWith("0x", StringComparison.Ordinal)
        ? Convert.FromHexString(text[2..])
        : Encoding.UTF8.GetBytes(text ?? string.Empty);
}
