namespace Mempulse.Features.Flows;

/// <summary>What a transaction is for.</summary>
public enum FlowLabel
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>No token and no ether moved.</summary>
    None,

    /// <summary>Tokens went from one account to another, and nothing came back.</summary>
    Transfer,

    /// <summary>Ether for its wrapped token, or the other way.</summary>
    Wrap,

    /// <summary>One token was given for another one.</summary>
    Swap,

    /// <summary>Tokens went in a circle and came back as more of one of them.</summary>
    Arbitrage,

    /// <summary>A market sold a borrower's collateral to a third party.</summary>
    Liquidation,

    /// <summary>A token was created for what was given: shares of a pool or a vault.</summary>
    Mint,

    /// <summary>A token was destroyed for what was received.</summary>
    Burn,

    /// <summary>An account may spend another one's tokens.</summary>
    Approval,
}
