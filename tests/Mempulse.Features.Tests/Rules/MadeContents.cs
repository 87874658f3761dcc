using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Rules;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Rules;

/// <summary>Contents of rules in memory.</summary>
internal sealed class MadeContents : IRulesContents
{
    private readonly Dictionary<Hash256, byte[]> _contents = [];

    public string Place => "memory";

    /// <summary>Adds a small registry that names one contract.</summary>
    public Hash256 AddRegistry(string name) =>
        Add($$"""{"format": 1, "contracts": [{"address": "0x00000000000000000000000000000000000000aa", "name": "{{name}}", "protocol": "p", "kind": "token"}]}""");

    public Hash256 Add(string content)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        var hash = Keccak256.Hash(bytes);
        _contents[hash] = bytes;
        return hash;
    }

    public void Remove(in Hash256 hash) => _contents.Remove(hash);

    public bool TryRead(in Hash256 hash, out ReadOnlyMemory<byte> content)
    {
        bool isFound = _contents.TryGetValue(hash, out byte[]? bytes);
        content = bytes;
        return isFound;
    }
}
