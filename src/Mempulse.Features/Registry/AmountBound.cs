namespace Mempulse.Features.Registry;

/// <summary>What an argument says about an amount.</summary>
public enum AmountBound
{
    /// <summary>It is the amount.</summary>
    Exact = 0,

    /// <summary>The amount is at least this much, or the call fails.</summary>
    Minimum,

    /// <summary>The amount is at most this much, or the call fails.</summary>
    Maximum,

    /// <summary>Whether it is the amount or a bound of it is not known.</summary>
    Stated,
}
