namespace Mempulse.Features.Liquidations.Aave;

/// <summary>What an account uses a reserve for: its two bits in the account's configuration.</summary>
[Flags]
public enum AaveUses
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It owes some of it.</summary>
    Debt = 1,

    /// <summary>What it supplied covers its debts.</summary>
    Collateral = 2,
}
