using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>Checks that a trie with a known root has a value, or none, at a key. Yellow Paper, appendix D.</summary>
/// <remarks>The nodes come from somebody who may lie; nothing here throws for any bytes. Depth is bounded by the nibbles of a key.</remarks>
public static class TrieProof
{
    private const int BranchItems = 17;
    private const int ShortNodeItems = 2;

    private static ReadOnlySpan<byte> EmptyNode => [0x80];

    /// <summary>Follows <paramref name="nodes"/> from the root to the key.</summary>
    /// <param name="root">The root.</param>
    /// <param name="key">The key as it stands in the trie: of a state trie, the Keccak-256 of address or slot.</param>
    /// <param name="nodes">The nodes on the way, the root first, as eth_getProof gives them (EIP-1186).</param>
    /// <param name="value">What stands at the key; empty where the proof shows that nothing does.</param>
    /// <returns>False when the nodes prove neither.</returns>
    public static bool TryVerify(in Hash256 root, in Hash256 key, IReadOnlyList<ReadOnlyMemory<byte>> nodes, out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (root == Keccak256.OfEmptyString)
        {
            // Nodes give no node at all, or the empty one: 0x80.
            return nodes.Count == 0 || (nodes.Count == 1 && nodes[0].Span.SequenceEqual(EmptyNode));
        }

        var path = new Path(key);
        var next = root;
        for (int i = 0; i < nodes.Count; i++)
        {
            if (Keccak256.Hash(nodes[i].Span) != next)
            {
                return false;
            }

            var step = Descend(nodes[i], ref path, out var reference);
            if (step != Step.Down)
            {
                value = step == Step.Found ? reference : default;
                return step != Step.Broken && i == nodes.Count - 1;
            }

            next = new Hash256(reference.Span);
        }

        return false;
    }

    /// <summary>Walks through a node and those that stand inside it, up to the hash of the next.</summary>
    private static Step Descend(ReadOnlyMemory<byte> node, ref Path path, out ReadOnlyMemory<byte> reference)
    {
        reference = default;
        while (true)
        {
            var items = new ReadOnlyMemory<byte>[BranchItems];
            int count = TrieNodeDecoder.Split(node, items);
            ReadOnlyMemory<byte> item;
            if (count == BranchItems)
            {
                if (path.IsAtEnd)
                {
                    return Step.Broken; // all keys are of one length, so nothing stands in a branch itself
                }

                item = items[path.Take()];
            }
            else if (count == ShortNodeItems)
            {
                if (!TrieNodeDecoder.TryGetString(items[0], out var compact))
                {
                    return Step.Broken;
                }

                if (!path.TryTake(compact.Span, out bool isLeaf, out bool isWellFormed))
                {
                    return isWellFormed ? Step.Absent : Step.Broken;
                }

                if (isLeaf)
                {
                    return TrieNodeDecoder.TryGetString(items[1], out reference) && path.IsAtEnd && !reference.IsEmpty ? Step.Found : Step.Broken;
                }

                item = items[1];
            }
            else
            {
                return Step.Broken;
            }

            if (item.Span[0] >= 0xc0)
            {
                node = item;
                continue;
            }

            if (!TrieNodeDecoder.TryGetString(item, out reference))
            {
                return Step.Broken;
            }

            return reference.Length switch
            {
                0 when count == BranchItems => Step.Absent,
                Hash256.Size => Step.Down,
                _ => Step.Broken,
            };
        }
    }

    private enum Step
    {
        Broken,
        Absent,
        Found,
        Down,
    }

    /// <summary>The nibbles of a key that are still ahead.</summary>
    private struct Path(Hash256 key)
    {
        private const int Nibbles = 2 * Hash256.Size;

        private readonly byte[] _key = key.ToArray();
        private int _at;

        public readonly bool IsAtEnd => _at >= Nibbles;

        /// <summary>Takes the next nibble.</summary>
        public int Take() => Nibble(_at++);

        /// <summary>Takes the nibbles of a compact encoding (appendix C), if the key goes on with them.</summary>
        public bool TryTake(ReadOnlySpan<byte> compact, out bool isLeaf, out bool isWellFormed)
        {
            int flag = compact.IsEmpty ? byte.MaxValue : compact[0] >> 4;
            isLeaf = (flag & 2) != 0;
            isWellFormed = flag <= 3 && ((flag & 1) != 0 || (compact[0] & 0xf) == 0);
            if (!isWellFormed)
            {
                return false;
            }

            int from = (flag & 1) != 0 ? 1 : 2;
            int count = (compact.Length * 2) - from;
            for (int i = 0; i < count; i++)
            {
                int position = from + i;
                int nibble = (position & 1) == 0 ? compact[position / 2] >> 4 : compact[position / 2] & 0xf;
                if (_at + i >= Nibbles || Nibble(_at + i) != nibble)
                {
                    return false;
                }
            }

            _at += count;
            return true;
        }

        private readonly int Nibble(int at) => (at & 1) == 0 ? _key[at / 2] >> 4 : _key[at / 2] & 0xf;
    }
}
