using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>What the receipts of several transactions say together.</summary>
/// <param name="AreKnown">True if the status of each is known.</param>
/// <param name="AreVerified">True if the receiptsRoot confirms each.</param>
/// <param name="HasFailed">True if one failed.</param>
/// <param name="HasVerifiedFailure">True if the receiptsRoot confirms that one failed.</param>
internal readonly record struct ReceiptStatuses(bool AreKnown, bool AreVerified, bool HasFailed, bool HasVerifiedFailure)
{
    /// <summary>Those of no transaction.</summary>
    public static ReceiptStatuses None { get; } = new(AreKnown: true, AreVerified: true, HasFailed: false, HasVerifiedFailure: false);

    /// <summary>These and one more.</summary>
    public ReceiptStatuses With(ExecutionOutcome outcome, bool isVerified)
    {
        bool hasFailed = outcome == ExecutionOutcome.Reverted;
        return new(AreKnown && outcome != ExecutionOutcome.Unknown, AreVerified && isVerified, HasFailed || hasFailed, HasVerifiedFailure || (hasFailed && isVerified));
    }

    /// <summary>How far they can be relied on. One confirmed failure decides, whatever the other receipts say.</summary>
    /// <param name="ofBlock">How far the block itself can be relied on.</param>
    public EvidenceStrength Strength(EvidenceStrength ofBlock)
    {
        if (HasFailed)
        {
            return HasVerifiedFailure ? ofBlock : EvidenceStrength.Strong;
        }

        return !AreKnown ? EvidenceStrength.Weak : AreVerified ? ofBlock : EvidenceStrength.Strong;
    }
}
