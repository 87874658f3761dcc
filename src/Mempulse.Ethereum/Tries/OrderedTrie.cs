using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>The trie of a list, which has item i at the key rlp(i). Yellow Paper, section 4.4.2.</summary>
public static class OrderedTrie
{
    private const int SingleByteKeys = 0x80;
    private const int MaxKeyBytes = 5;

    /// <summary>Computes the root of the list's trie.</summary>
    public static Hash256 RootOf(IReadOnlyList<ReadOnlyMemory<byte>> items)
    {
        var builder = new TrieRootBuilder();

        // Add keys in ascending order: rlp(0) is 0x80, so it comes after rlp(1) to rlp(127), which are the bytes themselves.
        int firstRun = Math.Min(items.Count, SingleByteKeys);
        for (int i = 1; i < firstRun; i++)
        {
            Add(builder, items, i);
        }

        if (items.Count > 0)
        {
            Add(builder, items, 0);
        }

        for (int i = SingleByteKeys; i < items.Count; i++)
        {
            Add(builder, items, i);
        }

        return builder.ComputeRoot();
    }

    private static void Add(TrieRootBuilder builder, IReadOnlyList<ReadOnlyMemory<byte>> items, int index)
    {
        Span<byte> key = stackalloc byte[MaxKeyBytes];
        builder.Add(key[..RlpInteger.Write((ulong)index, key)], items[index].Span);
    }
}
