namespace Mempulse.Primitives.Listing;

/// <summary>How the fee cap of a transaction stands to the base fee of the next block.</summary>
public enum FeeClass
{
    /// <summary>Not known: its body, or the base fee, is not.</summary>
    Unknown = 0,

    /// <summary>It pays at least the next base fee.</summary>
    Next,

    /// <summary>It pays less, but at least what the base fee falls to with one empty block: 12.5 % less.</summary>
    Near,

    /// <summary>It pays less than that.</summary>
    Below,
}
