namespace Mempulse.Primitives.Listing;

/// <summary>What waiting transactions are sorted by.</summary>
public enum TxSort
{
    /// <summary>The score.</summary>
    Score = 0,

    /// <summary>The time of the first fact about it: the newest is the highest.</summary>
    Age,

    /// <summary>What it pays per gas at the next base fee: with one base fee, that is the order of effective tips.</summary>
    Tip,

    /// <summary>The cap on the fee per gas.</summary>
    MaxFee,

    /// <summary>The nonce.</summary>
    Nonce,

    /// <summary>Number of sources that announced it.</summary>
    HeardBy,
}
