using System.Diagnostics.CodeAnalysis;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.DnsTrees;

/// <summary>The URL of a DNS tree of node records: its domain and the key that signs it. EIP-1459.</summary>
/// <param name="Signer">The key that signs the root.</param>
/// <param name="Domain">The DNS name of the root.</param>
public sealed record DnsTreeLink(NodeId Signer, string Domain)
{
    private const string Prefix = "enrtree://";

    /// <summary>Parses "enrtree://KEY@DOMAIN".</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DnsTreeLink? link)
    {
        link = null;
        int at = text?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        Span<byte> compressed = stackalloc byte[Secp256k1.CompressedBytes];
        Span<byte> publicKey = stackalloc byte[NodeId.Size];
        if (text is null
            || at < 0
            || at == text.Length - 1
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !Base32.TryDecode(text.AsSpan(Prefix.Length, at - Prefix.Length), compressed)
            || !Secp256k1.TryDecompress(compressed, publicKey))
        {
            return false;
        }

        link = new DnsTreeLink(new NodeId(publicKey), text[(at + 1)..]);
        return true;
    }
}
