using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Mempulse.Devp2p.Keys;
using Mempulse.Ethereum.Hashing;

namespace Mempulse.Devp2p.DnsTrees;

/// <summary>The signed root of a tree: "enrtree-root:v1 e=ENTRIES l=LINKS seq=NUMBER sig=SIGNATURE". EIP-1459.</summary>
internal sealed record DnsTreeRoot(string Entries, string Links, uint Sequence)
{
    private const string Prefix = "enrtree-root:v1 ";
    private const string SignatureMark = " sig=";

    /// <summary>Parses a root and verifies its signature; false for any other text.</summary>
    public static bool TryParse(string text, NodeId signer, out DnsTreeRoot? root)
    {
        root = null;
        int mark = text.IndexOf(SignatureMark, StringComparison.Ordinal);
        if (mark < 0 || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        byte[] signature = new byte[Secp256k1.SignatureBytes];
        Span<byte> publicKey = stackalloc byte[NodeId.Size];
        if (!Base64Url.TryDecodeFromChars(text.AsSpan(mark + SignatureMark.Length), signature, out int length)
            || length != signature.Length
            || !Secp256k1.TryRecover(Keccak256.Hash(Encoding.ASCII.GetBytes(text[..mark])).ToArray(), signature, publicKey)
            || new NodeId(publicKey) != signer)
        {
            return false;
        }

        string[] fields = text[Prefix.Length..mark].Split(' ');
        if (fields is not [['e', '=', .. var entries], ['l', '=', .. var links], ['s', 'e', 'q', '=', .. var number]]
            || !uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out uint sequence))
        {
            return false;
        }

        root = new DnsTreeRoot(entries, links, sequence);
        return true;
    }
}
