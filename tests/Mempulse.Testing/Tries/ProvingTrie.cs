using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Testing.Tries;

/// <summary>A trie written as in appendix D and built anew for each proof; its keys are nibbles in hex.</summary>
public sealed class ProvingTrie(IReadOnlyDictionary<string, byte[]> entries)
{
    /// <summary>The trie's root.</summary>
    public Hash256 Root => Keccak256.Hash(Encode(entries, 0, null, []));

    /// <summary>The nodes from the root towards a key, without those embedded in others.</summary>
    public ReadOnlyMemory<byte>[] Prove(string key)
    {
        var proof = new List<ReadOnlyMemory<byte>>();
        byte[] root = Encode(entries, 0, key, proof);
        proof.Add(root);
        proof.Reverse();
        return [.. proof];
    }

    private static byte[] Encode(IReadOnlyDictionary<string, byte[]> part, int at, string? wanted, List<ReadOnlyMemory<byte>> proof)
    {
        if (part.Count == 0)
        {
            return [0x80];
        }

        string first = part.Keys.First();
        if (part.Count == 1)
        {
            return List(String(Compact(first[at..], isLeaf: true)), String(part[first]));
        }

        int shared = Enumerable.Range(at, first.Length - at).TakeWhile(i => part.Keys.All(key => key[i] == first[i])).Count();
        if (shared > 0)
        {
            string path = first[at..(at + shared)];
            bool isOnPath = wanted is not null && wanted.AsSpan(at).StartsWith(path);
            return List(String(Compact(path, isLeaf: false)), Child(part, at + shared, isOnPath ? wanted : null, proof));
        }

        return List([.. Enumerable.Range(0, 16).Select(nibble =>
        {
            char digit = "0123456789abcdef"[nibble];
            var below = part.Where(entry => entry.Key[at] == digit).ToDictionary();
            return Child(below, at + 1, wanted is not null && wanted[at] == digit ? wanted : null, proof);
        }), String([])]);
    }

    private static byte[] Child(IReadOnlyDictionary<string, byte[]> part, int at, string? wanted, List<ReadOnlyMemory<byte>> proof)
    {
        byte[] node = Encode(part, at, wanted, proof);
        if (node.Length < Hash256.Size)
        {
            return node;
        }

        if (wanted is not null)
        {
            proof.Add(node);
        }

        return String(Keccak256.Hash(node).ToArray());
    }

    private static byte[] Compact(string nibbles, bool isLeaf)
    {
        int flag = isLeaf ? 2 : 0;
        return Convert.FromHexString(nibbles.Length % 2 == 1 ? $"{flag + 1}{nibbles}" : $"{flag}0{nibbles}");
    }

    private static byte[] String(byte[] value)
    {
        var buffer = new ByteBuffer();
        new RlpWriter(buffer).Write(value);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] List(params byte[][] items)
    {
        var buffer = new ByteBuffer();
        var writer = new RlpWriter(buffer);
        int start = writer.BeginList();
        foreach (byte[] item in items)
        {
            writer.WriteEncoded(item);
        }

        writer.EndList(start);
        return buffer.WrittenSpan.ToArray();
    }
}
