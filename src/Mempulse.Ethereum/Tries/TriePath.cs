using Mempulse.Ethereum.Rlp;

namespace Mempulse.Ethereum.Tries;

/// <summary>Converts between keys, paths of nibbles (one per byte) and their compact encoding. Yellow Paper, appendix C.</summary>
internal static class TriePath
{
    private const int OddFlag = 1;
    private const int LeafFlag = 2;

    /// <summary>Returns the nibbles of a key.</summary>
    public static byte[] Of(ReadOnlySpan<byte> key)
    {
        var path = new byte[key.Length * 2];
        for (int i = 0; i < key.Length; i++)
        {
            path[2 * i] = (byte)(key[i] >> 4);
            path[(2 * i) + 1] = (byte)(key[i] & 0xf);
        }

        return path;
    }

    /// <summary>Decodes the compact encoding; null if it is not canonical.</summary>
    public static byte[]? FromCompact(ReadOnlySpan<byte> compact, out bool isLeaf)
    {
        int flags = compact.IsEmpty ? byte.MaxValue : compact[0] >> 4;
        isLeaf = (flags & LeafFlag) != 0;
        bool isOdd = (flags & OddFlag) != 0;
        if (flags > (LeafFlag | OddFlag) || (!isOdd && (compact[0] & 0xf) != 0))
        {
            return null;
        }

        return Of(compact)[(isOdd ? 1 : 2)..];
    }

    /// <summary>Writes the compact encoding.</summary>
    public static void WriteCompact(ReadOnlySpan<byte> path, bool isLeaf, RlpWriter writer)
    {
        int isOdd = path.Length & 1;
        var compact = new byte[1 + (path.Length / 2)];
        compact[0] = (byte)(((isLeaf ? LeafFlag : 0) | isOdd) << 4);
        if (isOdd != 0)
        {
            compact[0] |= path[0];
        }

        for (int i = 1; i < compact.Length; i++)
        {
            int at = isOdd + (2 * (i - 1));
            compact[i] = (byte)((path[at] << 4) | path[at + 1]);
        }

        writer.Write(compact);
    }
}
