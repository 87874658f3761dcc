using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Builder.Assembly;

/// <summary>An opportunity in a draft, and the operator's transaction that uses it.</summary>
/// <param name="Candidate">The opportunity.</param>
/// <param name="Own">The operator's transaction, not signed yet.</param>
/// <param name="Payment">What it pays the fee recipient.</param>
public sealed record BundleLeg(BundleCandidate Candidate, SignedTransaction Own, Wei Payment)
{
    /// <summary>What the executor gains by the leg after the payment, if the simulation of its opportunity holds.</summary>
    public UInt256 ExpectedProfit => Candidate.Gain - Payment.Value;
}
