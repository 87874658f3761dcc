namespace Mempulse.Features.Liquidations.Aave;

/// <summary>Whether a liquidation would be accepted.</summary>
public enum AaveStatus
{
    /// <summary>It would.</summary>
    Accepted = 0,

    /// <summary>The health factor is not below one.</summary>
    Healthy,

    /// <summary>The borrower has no debt in the reserve.</summary>
    NoDebt,

    /// <summary>It would leave less than 1,000 units of the base currency of debt or collateral, and not all of either is taken.</summary>
    LeavesDust,

    /// <summary>A number does not fit 256 bits, or a price is zero.</summary>
    Refused,
}
