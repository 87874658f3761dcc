using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>Where a trie gets the nodes from of which it knows only the hash.</summary>
internal interface ITrieNodeSource
{
    /// <summary>The node with this hash; null when it is not here or its bytes are no node.</summary>
    TrieNode? Load(in Hash256 hash);
}
