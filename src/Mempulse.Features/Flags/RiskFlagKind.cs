namespace Mempulse.Features.Flags;

/// <summary>A risk of a pending transaction. <see cref="RiskFlag.Number"/> has the number that each says.</summary>
public enum RiskFlagKind
{
    /// <summary>Its sender can still replace it. Number: the least fee cap of a replacement, in wei per gas.</summary>
    Replaceable = 0,

    /// <summary>Nonces before it are missing. Number: how many.</summary>
    NonceGap,

    /// <summary>It does not pay the base fee of the next block. Number: how much it lacks, in wei per gas.</summary>
    Underpriced,

    /// <summary>It calls a contract that the registry does not know.</summary>
    UnknownTo,

    /// <summary>Its minimum, or its maximum, is far from what a pool quotes. Number: how far, in basis points of the quote.</summary>
    HighSlippage,

    /// <summary>Its swap is good at any time. Number, where it has a deadline: that time in seconds since 1970.</summary>
    NoDeadline,

    /// <summary>It lets others spend a token without a limit. Number: how many such approvals.</summary>
    UnlimitedApproval,

    /// <summary>Others can worsen its swap and gain by it. Number: what it would lose at most in the pool, in wei.</summary>
    SandwichExposed,

    /// <summary>It lets code of another account run as its signers' (EIP-7702). Number: how many accounts.</summary>
    DelegatedCode,

    /// <summary>Less of a token that it trades arrives than is sent. Number: the share of graded trades in which it did, in basis points.</summary>
    FeeOnTransfer,

    /// <summary>Calls of its sender or its target failed. Number: the larger share of them that did, in basis points.</summary>
    FailureHistory,
}
