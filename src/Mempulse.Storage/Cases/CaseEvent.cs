using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Storage.Cases;

/// <summary>The derived events of one kind about one opportunity or bundle.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Id">The opportunity or the bundle.</param>
public readonly record struct CaseEvent(EventKind Kind, Hash256 Id) : IComparable<CaseEvent>
{
    /// <inheritdoc/>
    public int CompareTo(CaseEvent other) => Kind != other.Kind ? Kind.CompareTo(other.Kind) : Id.CompareTo(other.Id);

    /// <summary>By <see cref="CompareTo"/>.</summary>
    public static bool operator <(CaseEvent left, CaseEvent right) => left.CompareTo(right) < 0;

    /// <summary>By <see cref="CompareTo"/>.</summary>
    public static bool operator >(CaseEvent left, CaseEvent right) => left.CompareTo(right) > 0;

    /// <summary>By <see cref="CompareTo"/>.</summary>
    public static bool operator <=(CaseEvent left, CaseEvent right) => left.CompareTo(right) <= 0;

    /// <summary>By <see cref="CompareTo"/>.</summary>
    public static bool operator >=(CaseEvent left, CaseEvent right) => left.CompareTo(right) >= 0;
}
