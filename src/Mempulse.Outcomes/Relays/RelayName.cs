namespace Mempulse.Outcomes.Relays;

/// <summary>The name of a relay as a key, in ordinal order.</summary>
internal readonly record struct RelayName(string Text) : IComparable<RelayName>
{
    public int CompareTo(RelayName other) => string.CompareOrdinal(Text, other.Text);
}
