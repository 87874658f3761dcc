namespace Mempulse.Primitives.Listing;

/// <summary>Which end of a sorted list comes first.</summary>
public enum SortOrder
{
    /// <summary>The highest.</summary>
    Descending = 0,

    /// <summary>The lowest.</summary>
    Ascending,
}
