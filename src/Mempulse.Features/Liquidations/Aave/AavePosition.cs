using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Aave;

/// <summary>One collateral and one debt of a borrower, with the terms of their reserves.</summary>
public sealed record AavePosition
{
    /// <summary>The borrower's balance of the collateral, in its smallest unit.</summary>
    public required UInt256 CollateralBalance { get; init; }

    /// <summary>The borrower's debt in the reserve, in its smallest unit.</summary>
    public required UInt256 ReserveDebt { get; init; }

    /// <summary>The borrower's debt in all reserves, in the base currency of 8 decimals.</summary>
    public required UInt256 TotalDebtBase { get; init; }

    /// <summary>The health factor, in parts of 10^18.</summary>
    public required UInt256 HealthFactor { get; init; }

    /// <summary>Price of the collateral in the base currency.</summary>
    public required UInt256 CollateralPrice { get; init; }

    /// <summary>Smallest units of one collateral token.</summary>
    public required UInt256 CollateralUnit { get; init; }

    /// <summary>Price of the debt token in the base currency.</summary>
    public required UInt256 DebtPrice { get; init; }

    /// <summary>Smallest units of one debt token.</summary>
    public required UInt256 DebtUnit { get; init; }

    /// <summary>What a liquidator receives for what it repays, in basis points above 10,000.</summary>
    public required UInt256 LiquidationBonus { get; init; }

    /// <summary>The protocol's share of the bonus, in basis points.</summary>
    public required UInt256 ProtocolFee { get; init; }
}
