using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>One request for bodies to one peer, with what the peer announced of them.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Bodies">The requested bodies, in order.</param>
/// <param name="Claims">What the peer announced of each.</param>
/// <param name="IsBlob">True if it requests a blob transaction.</param>
internal sealed record BodyAsk(PeerSource Peer, IReadOnlyList<WantedBody> Bodies, IReadOnlyList<TxClaim> Claims, bool IsBlob)
{
    /// <summary>The hashes, in order.</summary>
    public IReadOnlyList<Hash256> Hashes { get; } = [.. Bodies.Select(static body => body.Hash)];

    /// <summary>Returns the index of a hash, searching from <paramref name="from"/> and wrapping around; -1 if it was not requested.</summary>
    /// <remarks>Answers keep the order of the request, so the first comparison nearly always matches.</remarks>
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
