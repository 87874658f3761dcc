using Mempulse.Primitives;

namespace Mempulse.Features.Scoring;

/// <summary>A scored transaction, and its place among others of the same profile: the one that ranks above is the lesser.</summary>
/// <remarks>The order is total: (-score, -urgency, hash), or (-score, label, hash) where scores have labels.</remarks>
/// <param name="Hash">The transaction.</param>
/// <param name="Label">Which of several scores of the transaction it is.</param>
/// <param name="Parts">The score.</param>
public readonly record struct RankedTx(Hash256 Hash, RankLabel Label, ScoreParts Parts) : IComparable<RankedTx>
{
    /// <inheritdoc/>
    public int CompareTo(RankedTx other) =>
        Parts.Total != other.Parts.Total ? other.Parts.Total.CompareTo(Parts.Total)
        : Label != other.Label ? Label.CompareTo(other.Label)
        : Label == RankLabel.None && Parts.Urgency != other.Parts.Urgency ? other.Parts.Urgency.CompareTo(Parts.Urgency)
        : Hash.CompareTo(other.Hash);

    /// <summary>True if <paramref name="left"/> ranks above <paramref name="right"/>.</summary>
    public static bool operator <(RankedTx left, RankedTx right) => left.CompareTo(right) < 0;

    /// <summary>True if <paramref name="left"/> ranks below <paramref name="right"/>.</summary>
    public static bool operator >(RankedTx left, RankedTx right) => left.CompareTo(right) > 0;

    /// <summary>True if <paramref name="left"/> does not rank below <paramref name="right"/>.</summary>
    public static bool operator <=(RankedTx left, RankedTx right) => left.CompareTo(right) <= 0;

    /// <summary>True if <paramref name="left"/> does not rank above <paramref name="right"/>.</summary>
    public static bool operator >=(RankedTx left, RankedTx right) => left.CompareTo(right) >= 0;
}
