using System.Diagnostics;

namespace Mempulse.Features.Flags;

/// <summary>The names of risks in answers.</summary>
public static class FlagNames
{
    /// <summary>The name of a risk.</summary>
    public static string Of(RiskFlagKind kind) => kind switch
    {
        RiskFlagKind.Replaceable => "replaceable",
        RiskFlagKind.NonceGap => "nonce_gap",
        RiskFlagKind.Underpriced => "underpriced",
        RiskFlagKind.UnknownTo => "unknown_to",
        RiskFlagKind.HighSlippage => "high_slippage",
        RiskFlagKind.NoDeadline => "no_deadline",
        RiskFlagKind.UnlimitedApproval => "unlimited_approval",
        RiskFlagKind.SandwichExposed => "sandwich_exposed",
        RiskFlagKind.DelegatedCode => "delegated_code",
        RiskFlagKind.FeeOnTransfer => "fee_on_transfer",
        RiskFlagKind.FailureHistory => "failure_history",
        _ => throw new UnreachableException(),
    };

    /// <summary>The unit of a risk's number; null for a risk without one.</summary>
    public static string? UnitOf(RiskFlagKind kind) => kind switch
    {
        RiskFlagKind.Replaceable or RiskFlagKind.Underpriced => "wei per gas",
        RiskFlagKind.NonceGap => "nonces",
        RiskFlagKind.HighSlippage or RiskFlagKind.FeeOnTransfer or RiskFlagKind.FailureHistory => "basis points",
        RiskFlagKind.NoDeadline => "seconds since 1970",
        RiskFlagKind.UnlimitedApproval => "approvals",
        RiskFlagKind.SandwichExposed => "wei",
        RiskFlagKind.DelegatedCode => "accounts",
        RiskFlagKind.UnknownTo => null,
        _ => throw new UnreachableException(),
    };
}
