using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>
/// This archive has the nodes before and after a block on the paths of what it touched, and no others. Where an entry went and its branch
/// with it, the node that stood beside it is there only as what it became: with a longer path. What it was is that node with a path cut at
/// its front; the hash says which cut is the right one.
/// </summary>
internal static class NodesBefore
{
    private const int LeafFlag = 2;

    /// <summary>All nodes that <paramref name="node"/> may have been; none for a branch.</summary>
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
