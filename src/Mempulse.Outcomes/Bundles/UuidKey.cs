namespace Mempulse.Outcomes.Bundles;

/// <summary>A UUID as a bundle states it.</summary>
internal readonly record struct UuidKey(string Text) : IComparable<UuidKey>
{
    public int CompareTo(UuidKey other) => string.CompareOrdinal(Text, other.Text);
}
