using Mempulse.Builder.Execution;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Assembly;

/// <summary>Chooses the opportunities of a block's bundle. Pure: the same candidates and terms give the same draft, in whatever order they come.</summary>
/// <remarks>
/// The best opportunity is in it. Of two that touch, the better one; others are added as long as the bounds allow. Whether they leave each other's gain alone
/// is decided by the simulation of the bundle, since pools, senders and transactions do not name every slot.
/// </remarks>
public static class BundleAssembly
{
    /// <summary>The draft; null if no candidate pays, or none is within the bounds.</summary>
    public static BundleDraft? Choose(IEnumerable<BundleCandidate> candidates, BundleTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var chosen = new List<BundleCandidate>();
        foreach (var candidate in Ranked(candidates, terms))
        {
            if (chosen.Count < terms.Bounds.Opportunities && !chosen.Exists(candidate.Touches) && Fits([.. chosen, candidate], terms.Bounds) && CanPay([.. chosen, candidate], terms))
            {
                chosen.Add(candidate);
            }
        }

        return chosen.Count == 0 ? null : new BundleDraft(terms, [.. chosen.Select((candidate, at) => LegOf(candidate, terms, at))]);
    }

    /// <summary>Why an opportunity cannot be in a bundle, in a sentence; empty if it can.</summary>
    public static string ProblemOf(BundleCandidate candidate, BundleTerms terms)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(terms);
        return candidate.Swaps.Count is < 2 or > ExecutorCall.MaxSwaps ? $"It has {candidate.Swaps.Count} exchanges: the executor makes 2 to {ExecutorCall.MaxSwaps}."
            : terms.Payment.PaymentOf(candidate.Gain, CostOf(candidate, terms)) is null
                ? $"It gains {candidate.Gain} wei, which does not leave {terms.Payment.LeastProfit} wei after about {CostOf(candidate, terms)} wei of gas."
            : !Fits([candidate], terms.Bounds)
                ? $"With {candidate.Transactions.Count + 1} transactions and {GasLimitOf(candidate)} gas it is larger than a bundle may be."
            : !CanPay([candidate], terms)
                ? $"The operator {terms.Operator} has {terms.Funds} wei: the gas of a bundle costs up to {MaxGasCostOf([candidate], terms)} wei."
            : string.Empty;
    }

    /// <summary>Why the operator cannot pay for the best of some opportunities, in a sentence; empty if none of them fails for that reason alone.</summary>
    public static string ShortageOf(IEnumerable<BundleCandidate> candidates, BundleTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var rich = terms with { Funds = null };
        return Ranked(candidates, rich).Select(candidate => ProblemOf(candidate, terms)).FirstOrDefault(string.Empty);
    }

    /// <summary>Gas limits of a candidate's transactions, with its own.</summary>
    internal static ulong GasLimitOf(BundleCandidate candidate) =>
        candidate.Transactions.Aggregate(LegGas.LimitOf(candidate.Swaps).Value, static (sum, tx) => sum + tx.GasLimit.Value);

    /// <summary>Those that can be in a bundle, the best first.</summary>
    private static IEnumerable<BundleCandidate> Ranked(IEnumerable<BundleCandidate> candidates, BundleTerms terms) =>
        candidates.Where(candidate => ProblemOf(candidate, terms).Length == 0)
            .OrderByDescending(candidate => SurplusOf(candidate, terms)).ThenBy(static candidate => candidate.Opportunity);

    private static UInt256 CostOf(BundleCandidate candidate, BundleTerms terms) => terms.GasPrice.Value * LegGas.EstimateOf(candidate.Swaps).Value;

    /// <summary>The operator has to have the fees of each own transaction before it runs, so the sum is enough.</summary>
    private static UInt256 MaxGasCostOf(IEnumerable<BundleCandidate> chosen, BundleTerms terms) =>
        chosen.Aggregate(UInt256.Zero, (sum, candidate) => sum + (terms.GasPrice.Value * LegGas.LimitOf(candidate.Swaps).Value));

    private static bool CanPay(IEnumerable<BundleCandidate> chosen, BundleTerms terms) => terms.Funds is not { } funds || funds.Value >= MaxGasCostOf(chosen, terms);

    private static UInt256 SurplusOf(BundleCandidate candidate, BundleTerms terms) => candidate.Gain - CostOf(candidate, terms);

    private static bool Fits(List<BundleCandidate> chosen, BundleBounds bounds)
    {
        int own = chosen.Count;
        int count = own + chosen.Sum(static candidate => candidate.Transactions.Count);
        long bytes = (own * (long)MaxOwnBytes) + chosen.Sum(static candidate => candidate.Transactions.Sum(static tx => (long)tx.Raw.Length));
        ulong gas = chosen.Aggregate(0UL, static (sum, candidate) => sum + GasLimitOf(candidate));
        return count <= bounds.Transactions && bytes <= bounds.Bytes && gas <= bounds.GasLimit.Value;
    }

    /// <summary>A call of the executor with four exchanges has 932 bytes of calldata; the rest of the transaction is below 200.</summary>
    private const int MaxOwnBytes = 1_200;

    private static BundleLeg LegOf(BundleCandidate candidate, BundleTerms terms, int at)
    {
        var cost = CostOf(candidate, terms);
        var payment = terms.Payment.PaymentOf(candidate.Gain, cost)!.Value; // ranked only if it pays
        var own = new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = terms.Chain,
            Nonce = new Nonce(terms.Nonce.Value + (ulong)at),
            GasLimit = LegGas.LimitOf(candidate.Swaps),
            Recipient = terms.Executor,
            Value = default,
            MaxFeePerGas = terms.GasPrice,
            MaxPriorityFeePerGas = terms.Tip,
            Input = ExecutorCall.Encode(candidate.Swaps, leastProfit: cost + terms.Payment.LeastProfit.Value, tip: payment.Value, terms.Target),
            Signature = default,
        };
        return new BundleLeg(candidate, own, payment);
    }
}
