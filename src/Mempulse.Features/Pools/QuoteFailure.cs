namespace Mempulse.Features.Pools;

/// <summary>Why a pool would refuse a swap, or why what it would answer is not known.</summary>
public enum QuoteFailure
{
    /// <summary>The swap is filled.</summary>
    None = 0,

    /// <summary>Nothing is given.</summary>
    NothingGiven,

    /// <summary>Nothing is received: the amount given is too small, or nothing was asked for.</summary>
    NothingReceived,

    /// <summary>The pool does not have as much; the amounts are those up to its end.</summary>
    InsufficientLiquidity,

    /// <summary>The swap leaves the part of the pool that is tracked, so its result is not known.</summary>
    IncompleteLiquidity,

    /// <summary>A number does not fit where the contract keeps it.</summary>
    Overflow,

    /// <summary>The contract's iteration does not converge, or a value is outside the limits that the contract checks.</summary>
    Refused,
}
