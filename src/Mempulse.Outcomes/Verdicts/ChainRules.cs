using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>The chain did not allow the bundle in its target block, or why is not known.</summary>
internal static class ChainRules
{
    /// <summary>A nonce of its transactions was used before: by another transaction, or by its own in an earlier block or in another bundle.</summary>
    public static Judgement? NonceUsed(in Case one, Evidence evidence)
    {
        for (int i = 0; i < one.Built.Transactions.Count; i++)
        {
            if (one.Bundle.Places[i] is not { } place || place.Number > one.Built.Target)
            {
                continue;
            }

            bool isSpent = !one.IsIncluded(i) || place.Number < one.Built.Target || (one.Built.Transactions[i].IsOwn && one.IsOfAnotherBundle(i));
            if (isSpent)
            {
                evidence.Add(place.SeenIn);
                return new Judgement(BundleVerdict.NonceUsed, place.IsVerified ? EvidenceStrength.Proof : EvidenceStrength.Strong, place.IsVerified ? OutcomeNeed.None : OutcomeNeed.BlockBodies)
                {
                    Block = place.Block,
                    By = place.UsedBy,
                };
            }
        }

        return null;
    }

    /// <summary>The target block charges more than a transaction pays at most. One that may fail must still pay for its gas.</summary>
    public static Judgement? BaseFeeAbove(in Case one, Evidence evidence)
    {
        if (one.Target is not { } block)
        {
            return null;
        }

        foreach (var tx in one.Built.Transactions)
        {
            if (tx.MaxFeePerGas.Value < block.BaseFee.Value)
            {
                evidence.Add(block.SeenIn);
                bool isProven = !block.Unverified.HasFlag(UnverifiedParts.Header);
                return new Judgement(BundleVerdict.BaseFeeAbove, isProven ? EvidenceStrength.Proof : EvidenceStrength.Strong, OutcomeNeed.None) { Block = block.Hash };
            }
        }

        return null;
    }

    /// <summary>A transaction that is named took the state that it needed.</summary>
    public static Judgement? Outcompeted(in Case one, Evidence evidence)
    {
        if (one.Target is not { } block || one.Bundle.Examination is not { Finding: CompetitionFinding.TakenByTransaction } examined || examined.Block != block.Hash)
        {
            return null;
        }

        evidence.Add(block.SeenIn);
        evidence.Add(examined.Seq);
        bool isProven = examined.IsVerified && block.IsVerified;
        return new Judgement(BundleVerdict.Outcompeted, isProven ? EvidenceStrength.Proof : EvidenceStrength.Strong, isProven ? OutcomeNeed.None : OutcomeNeed.BlockState)
        {
            Block = block.Hash,
            By = examined.Competitor,
        };
    }

    /// <summary>On the state before the target block it did not pay.</summary>
    public static Judgement? NoLongerPaid(in Case one, Evidence evidence)
    {
        if (one.Target is not { } block || one.Bundle.Examination is not { Finding: CompetitionFinding.PaysNowhere } examined || examined.Block != block.Hash)
        {
            return null;
        }

        evidence.Add(block.SeenIn);
        evidence.Add(examined.Seq);
        bool isProven = examined.IsVerified && block.IsVerified;
        return new Judgement(BundleVerdict.Stale, isProven ? EvidenceStrength.Proof : EvidenceStrength.Strong, isProven ? OutcomeNeed.None : OutcomeNeed.BlockState) { Block = block.Hash };
    }

    /// <summary>The target block does not have it, and public data does not say why.</summary>
    public static Judgement Expired(in Case one, Evidence evidence)
    {
        var block = one.Target;
        evidence.Add(block?.SeenIn ?? GlobalSeq.None);
        evidence.Add(one.Bundle.CancelledIn);
        evidence.Add(block?.RelayDataIn ?? GlobalSeq.None);
        bool paysThroughout = false;
        if (block is not null && one.Bundle.Examination is { } examined && examined.Block == block.Hash)
        {
            evidence.Add(examined.Seq);
            paysThroughout = examined is { Finding: CompetitionFinding.PaysThroughout, IsVerified: true };
        }

        return new Judgement(BundleVerdict.Expired, EvidenceStrength.NotDerivable, NeedOf(one, paysThroughout)) { Block = block?.Hash };
    }

    private static OutcomeNeed NeedOf(in Case one, bool paysThroughout)
    {
        if (one.Target is not { } block)
        {
            return OutcomeNeed.Block;
        }

        return block.Unverified.HasFlag(UnverifiedParts.Transactions) ? OutcomeNeed.BlockBodies
            : !paysThroughout ? OutcomeNeed.BlockState
            : block.RelayDataIn == GlobalSeq.None ? OutcomeNeed.RelayData
            : OutcomeNeed.BuilderRecords;
    }
}
