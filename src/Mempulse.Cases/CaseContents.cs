using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Rules;
using Mempulse.Primitives;

namespace Mempulse.Cases;

/// <summary>The contents of a case by their Keccak-256, which is computed here: an altered content is not found.</summary>
internal sealed class CaseContents : IRulesContents
{
    private readonly SortedDictionary<Hash256, ReadOnlyMemory<byte>> _contents = [];

    /// <summary>Hashes contents.</summary>
    public CaseContents(IReadOnlyList<ReadOnlyMemory<byte>> contents)
    {
        foreach (var bytes in contents)
        {
            _contents[Keccak256.Hash(bytes.Span)] = bytes;
        }
    }

    public string Place => "the case";

    public bool TryRead(in Hash256 hash, out ReadOnlyMemory<byte> content) => _contents.TryGetValue(hash, out content);
}
