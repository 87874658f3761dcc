using Mempulse.Devp2p.Keys;
using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>The name of a peer as a source: 128 bits of the hash of its key, so that no peer can take another's name.</summary>
public static class PeerName
{
    private const int Digits = 32;

    /// <summary>The name of the peer with this public key.</summary>
    public static string Of(NodeId id) => Of(id.ComputeHash());

    /// <summary>The name of the peer whose key hashes to <paramref name="key"/>.</summary>
    public static string Of(Hash256 key) => $"peer:{key.ToString().AsSpan(2, Digits)}";
}
