using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>Verifies proofs that a trie with a known root has a certain value, or no value, at a key. Yellow Paper, appendix D.</summary>
/// <remarks>The nodes are untrusted: no input makes it throw. The nibbles of a key bound the depth.</remarks>
public static class TrieProof
{
    /// <summary>Follows <paramref name="nodes"/> from the root to the key.</summary>
    /// <param name="root">The root.</param>
    /// <param name="key">The key as the trie has it: in a state trie, the Keccak-256 of an address or a slot.</param>
    /// <param name="nodes">
    /// The nodes on the path in any order, as eth_getProof returns them (EIP-1186), and any others, which are ignored: clients send embedded nodes and nodes
    /// of neighbours too. The empty trie needs none.
    /// </param>
    /// <param name="value">The value at the key; empty if the proof shows that the key is absent.</param>
    /// <returns>False if the nodes prove neither.</returns>
    public static bool TryVerify(in Hash256 root, in Hash256 key, TrieNodes nodes, out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (root == Keccak256.OfEmptyString)
        {
            return true;
        }

        Span<byte> path = stackalloc byte[Hash256.Size];
        key.CopyTo(path);
        bool isProven = new MerklePatriciaTrie(root, nodes).Find(path, out value) != TrieLookup.Missing;
        value = isProven ? value : default;
        return isProven;
    }
}
