using Mempulse.Primitives;

namespace Mempulse.Replay.Audits;

/// <summary>The order of the expected transactions: by tip, but none before a lower nonce of its sender.</summary>
internal static class ExpectedOrder
{
    /// <summary>Sorts transactions and numbers them. One whose tip is not known comes last.</summary>
    public static TxAudit[] Rank(TxAudit[] expected)
    {
        Array.Sort(expected, static (one, other) => one.Sender != other.Sender ? one.Sender.CompareTo(other.Sender) : BySenderless(one, other));
        var places = new Place[expected.Length];
        for (int i = 0; i < places.Length; i++)
        {
            var tip = expected[i].Tip?.Value ?? UInt256.Zero;
            bool isNext = i > 0 && expected[i - 1].Sender == expected[i].Sender;
            places[i] = new Place(isNext && places[i - 1].Tip < tip ? places[i - 1].Tip : tip, i);
        }

        Array.Sort(places);
        var ranked = new TxAudit[places.Length];
        for (int rank = 0; rank < ranked.Length; rank++)
        {
            ranked[rank] = expected[places[rank].Index] with { Rank = rank };
        }

        return ranked;
    }

    private static int BySenderless(TxAudit one, TxAudit other) => one.Nonce != other.Nonce ? one.Nonce.CompareTo(other.Nonce) : one.Hash.CompareTo(other.Hash);

    /// <summary>The tip that decides, and the place among all sorted by sender, nonce and hash, which is unique.</summary>
    private readonly record struct Place(UInt256 Tip, int Index) : IComparable<Place>
    {
        public int CompareTo(Place other) => Tip != other.Tip ? other.Tip.CompareTo(Tip) : Index.CompareTo(other.Index);
    }
}
