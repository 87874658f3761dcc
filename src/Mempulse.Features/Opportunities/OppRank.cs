using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Opportunities;

/// <summary>The order of opportunities: the highest score first, then the highest urgency, then the lowest id.</summary>
internal readonly record struct OppRank(long Score, long Urgency, Hash256 Id) : IComparable<OppRank>
{
    public static OppRank Of(LogEvent.OppDetected detected) => new(detected.Score, detected.Urgency, detected.Opp);

    public int CompareTo(OppRank other) =>
        Score != other.Score ? other.Score.CompareTo(Score) : Urgency != other.Urgency ? other.Urgency.CompareTo(Urgency) : Id.CompareTo(other.Id);

    public static bool operator <(OppRank left, OppRank right) => left.CompareTo(right) < 0;

    public static bool operator >(OppRank left, OppRank right) => left.CompareTo(right) > 0;

    public static bool operator <=(OppRank left, OppRank right) => left.CompareTo(right) <= 0;

    public static bool operator >=(OppRank left, OppRank right) => left.CompareTo(right) >= 0;
}
