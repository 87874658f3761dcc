using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Rules;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Book;

/// <summary>The content of one registry, in memory.</summary>
internal sealed class OneContent(byte[] bytes) : IRulesContents
{
    public Hash256 Hash { get; } = Keccak256.Hash(bytes);

    public string Place => "memory";

    public bool TryRead(in Hash256 hash, out ReadOnlyMemory<byte> content)
    {
        content = bytes;
        return hash == Hash;
    }
}
