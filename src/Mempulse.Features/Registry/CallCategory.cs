namespace Mempulse.Features.Registry;

/// <summary>What a call is for.</summary>
public enum CallCategory
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>A token or ether changes its owner.</summary>
    Transfer,

    /// <summary>An account allows another one to spend its tokens.</summary>
    Approval,

    /// <summary>Tokens are exchanged.</summary>
    Swap,

    /// <summary>Liquidity is given to a pool or taken from it.</summary>
    Liquidity,

    /// <summary>Supplying, borrowing, repaying and withdrawing in a market.</summary>
    Lending,

    /// <summary>A third party closes a borrower's position.</summary>
    Liquidation,

    /// <summary>Tokens leave for another chain, or arrive from one.</summary>
    Bridge,

    /// <summary>Non-fungible tokens are traded.</summary>
    Nft,

    /// <summary>Tokens are created.</summary>
    Mint,

    /// <summary>Operations of smart accounts (ERC-4337, Safe).</summary>
    AccountAbstraction,

    /// <summary>Votes, proposals and their execution.</summary>
    Governance,

    /// <summary>A contract is created.</summary>
    Deployment,
}
