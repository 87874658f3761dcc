namespace Mempulse.Features.Pools.Curve;

/// <summary>How the product in the invariant of a stable pool is divided, on which its rounding depends.</summary>
public enum ProductDivision
{
    /// <summary>By each balance times the number of tokens.</summary>
    ByMultiple = 0,

    /// <summary>By each balance times the number of tokens, and one.</summary>
    ByMultipleAndOne,

    /// <summary>By each balance, and at the end by the number of tokens to its own power.</summary>
    AtTheEnd,
}
