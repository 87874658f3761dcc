using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>Provides the nodes of a trie by hash.</summary>
internal interface ITrieNodeSource
{
    /// <summary>Returns the node with this hash; null if it is not available or its bytes are not a node.</summary>
    TrieNode? Load(in Hash256 hash);
}
