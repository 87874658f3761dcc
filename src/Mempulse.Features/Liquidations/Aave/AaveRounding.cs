namespace Mempulse.Features.Liquidations.Aave;

/// <summary>How a revision of Aave V3's pool rounds a liquidation.</summary>
public enum AaveRounding
{
    /// <summary>Half up, and values in the base currency down: v3.3 and v3.4, revisions 7 and 8.</summary>
    HalfUp = 0,

    /// <summary>Debt against the borrower, and the rest half up: v3.5 and v3.6, revisions 9 and 10.</summary>
    DebtUp,

    /// <summary>Everything against the liquidator: v3.7, revision 11.</summary>
    AgainstLiquidator,
}
