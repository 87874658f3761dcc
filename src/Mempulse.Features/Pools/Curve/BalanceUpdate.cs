namespace Mempulse.Features.Pools.Curve;

/// <summary>How the balances of a stable pool follow a swap.</summary>
public enum BalanceUpdate
{
    /// <summary>By the amounts that are transferred.</summary>
    ByAmounts = 0,

    /// <summary>From the values in the invariant, rounded.</summary>
    FromInvariant,
}
