using System.Globalization;
using Mempulse.Ethereum.Forks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Refusals;

/// <summary>What is paid back.</summary>
internal static class BundleRefundRules
{
    /// <summary>The part that every builder accepts: 0 is no refund, and 100 leaves the builder nothing.</summary>
    private const int MinPercent = 1, MaxPercent = 99;

    public static AttemptRefusal? Check(BundleUnderCheck check)
    {
        if (check.Bundle.Refund is not { } refund)
        {
            return null;
        }

        if (check.FirstForeign(refund.Hashes) is { } foreign)
        {
            return new(PreflightRule.RefundHashUnknown, $"The transaction {foreign}, whose payment counts, is not in the bundle.");
        }

        if (refund.Hashes.Count > 1)
        {
            return Refuse(PreflightRule.SeveralRefundHashes, $"The payment of {refund.Hashes.Count} transactions counts: expected at most one.");
        }

        return refund.Percent is < MinPercent or > MaxPercent
            ? Refuse(PreflightRule.RefundPercentOutOfRange, $"{refund.Percent} is not a valid refund: expected {MinPercent} to {MaxPercent} percent.")
            : check.Dialect.RefundMustCoverTransfer.Value ? CostRefusal(refund.Payment, refund.Percent, check.Facts.BaseFee) : null;
    }

    /// <summary>The builder pays the refund with a transfer, and drops the bundle if the transfer costs more. Both sides are times 100, so nothing is rounded.</summary>
    private static AttemptRefusal? CostRefusal(Wei payment, int percent, Wei baseFee)
    {
        bool isCovered = UInt256.TryMultiply(baseFee.Value, TransactionGas.Base * 100UL, out var cost)
            && (!UInt256.TryMultiply(payment.Value, (ulong)percent, out var refund) || refund >= cost);
        return isCovered ? null : Refuse(PreflightRule.RefundTooSmall, $"{percent} % of {payment} wei do not cover {TransactionGas.Base} gas at a base fee of {baseFee} wei.");
    }

    private static AttemptRefusal Refuse(PreflightRule rule, FormattableString sentence) => new(rule, sentence.ToString(CultureInfo.InvariantCulture));
}
