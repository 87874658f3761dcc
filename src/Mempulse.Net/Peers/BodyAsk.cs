using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>One request to one peer: what is asked, and what the peer claimed of it.</summary>
/// <param name="Peer">Who is asked.</param>
/// <param name="Bodies">What for, in this order.</param>
/// <param name="Claims">What it announced of each.</param>
/// <param name="IsBlob">True when it asks for a blob transaction.</param>
internal sealed record BodyAsk(PeerSource Peer, IReadOnlyList<WantedBody> Bodies, IReadOnlyList<TxClaim> Claims, bool IsBlob)
{
    /// <summary>The hashes, in order.</summary>
    public IReadOnlyList<Hash256> Hashes { get; } = [.. Bodies.Select(static body => body.Hash)];

    /// <summary>The place of a hash at or after <paramref name="from"/>, else before it; -1 when it was not asked for.</summary>
    /// <remarks>Answers keep the order of the question, so this finds nearly everything at its first look.</remarks>
    public int IndexOf(Hash256 hash, int from)
    {
        for (int step = 0; step < Hashes.Count; step++)
        {
            int index = (from + step) % Hashes.Count;
            if (Hashes[index] == hash)
            {
                return index;
            }
        }

        return -1;
    }
}
