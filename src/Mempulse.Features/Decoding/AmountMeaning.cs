namespace Mempulse.Features.Decoding;

/// <summary>What calldata says about an amount.</summary>
public enum AmountMeaning
{
    /// <summary>Nothing.</summary>
    NotStated = 0,

    /// <summary>The amount.</summary>
    Exact,

    /// <summary>The least amount.</summary>
    Minimum,

    /// <summary>The largest amount.</summary>
    Maximum,

    /// <summary>A word that stands for a balance, or a share of one: only an execution says how much.</summary>
    Unresolved,

    /// <summary>A number that the call names. Whether it is the amount or a bound of it is not known.</summary>
    Stated,
}
