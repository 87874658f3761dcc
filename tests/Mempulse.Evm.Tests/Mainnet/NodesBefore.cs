using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>
/// Reconstructs trie nodes that the archive lacks. It has only the nodes before and after a block on the touched paths. When a deletion collapses a
/// branch, the sibling appears only in its merged form, with a longer path. Its original form has a suffix of that path; the hash identifies which.
/// </summary>
internal static class NodesBefore
{
    private const int LeafFlag = 2;

    /// <summary>Returns every original form that <paramref name="node"/> may have had; empty for a branch.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(byte[] node)
    {
        if (!TrySplit(node, out byte[] compact, out byte[] rest))
        {
            yield break;
        }

        bool isLeaf = (compact[0] >> 4 & LeafFlag) != 0;
        bool isOdd = (compact[0] >> 4 & 1) != 0;
        string nibbles = Convert.ToHexString(compact)[(isOdd ? 1 : 2)..];
        for (int cut = 1; cut < nibbles.Length + (isLeaf ? 1 : 0); cut++)
        {
            yield return Join(nibbles[cut..], isLeaf, rest);
        }
    }

    private static bool TrySplit(byte[] node, out byte[] compact, out byte[] rest)
    {
        var reader = new RlpReader(node);
        int outer = reader.EnterList();
        compact = reader.IsNextList ? [] : reader.ReadString().ToArray();
        rest = compact.Length == 0 ? [] : reader.ReadItem().ToArray();
        reader.LeaveList(outer);
        return !reader.Failed && rest.Length != 0;
    }

    private static byte[] Join(string nibbles, bool isLeaf, byte[] rest)
    {
        bool isOdd = nibbles.Length % 2 != 0;
        string flags = ((isLeaf ? LeafFlag : 0) + (isOdd ? 1 : 0)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var encoded = new ByteBuffer();
        var writer = new RlpWriter(encoded);
        int start = writer.BeginList();
        writer.Write(Convert.FromHexString(flags + (isOdd ? string.Empty : "0") + nibbles));
        writer.WriteEncoded(rest);
        writer.EndList(start);
        return encoded.WrittenSpan.ToArray();
    }
}
