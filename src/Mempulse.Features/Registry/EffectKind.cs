namespace Mempulse.Features.Registry;

/// <summary>What a call does with tokens.</summary>
public enum EffectKind
{
    /// <summary>One token is given for another one.</summary>
    Swap = 0,

    /// <summary>A token is sent to the counterparty.</summary>
    Transfer,

    /// <summary>The counterparty may spend a token.</summary>
    Approval,

    /// <summary>All that a router holds of a token is sent to the counterparty, and at least the minimum.</summary>
    Sweep,

    /// <summary>Ether becomes its wrapped token.</summary>
    Wrap,

    /// <summary>The wrapped token becomes ether.</summary>
    Unwrap,

    /// <summary>The call fails if an account holds less than the minimum.</summary>
    BalanceCheck,

    /// <summary>A share of what a router holds, in basis points, is sent to the counterparty.</summary>
    Portion,

    /// <summary>A token is supplied to a market or a vault.</summary>
    Supply,

    /// <summary>A token is withdrawn from a market or a vault.</summary>
    Withdraw,

    /// <summary>A token is borrowed.</summary>
    Borrow,

    /// <summary>A loan is paid back.</summary>
    Repay,

    /// <summary>A borrower's debt is repaid for its collateral.</summary>
    Liquidation,

    /// <summary>One token is given for another one on behalf of an account that signed it before.</summary>
    Order,

    /// <summary>The call names an amount of a token, or an account. Which way the amount moves is not known.</summary>
    Stated,
}
