using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>The bundle is in a block, or was.</summary>
internal static class LandingRules
{
    /// <summary>The target block has all of it, in order and without anything between.</summary>
    public static Judgement? Landed(in Case one, Evidence evidence)
    {
        if (one.Target is not { } block || !IsWhole(one, block))
        {
            return null;
        }

        evidence.Add(block.SeenIn);
        var statuses = StatusesOf(one, evidence);
        var realised = RealisedBy(one, static (in Case _, int _) => true);
        var strength = statuses.Strength(one.StrengthOfTarget);
        if (!statuses.HasFailed && realised is { IsVerified: false } && strength == EvidenceStrength.Proof)
        {
            strength = EvidenceStrength.Strong; // the verdict states the gain too, and says no more than its evidence
        }

        bool needsReceipts = strength != one.StrengthOfTarget || realised is not { IsVerified: true };
        return new Judgement(statuses.HasFailed ? BundleVerdict.Reverted : BundleVerdict.Landed, strength, needsReceipts ? OutcomeNeed.Receipts : NeedOf(block))
        {
            Block = block.Hash,
            Index = one.Bundle.Places[0]!.Index,
            Realised = realised?.Net,
        };
    }

    /// <summary>A block has some of its own transactions, and no other bundle explains that.</summary>
    public static Judgement? PartiallyLanded(in Case one, Evidence evidence)
    {
        int first = -1;
        bool isVerified = true;
        for (int i = 0; i < one.Built.Transactions.Count; i++)
        {
            if (IsOwnAndAlone(one, i))
            {
                first = first < 0 ? i : first;
                var place = one.Bundle.Places[i]!;
                isVerified &= place.IsVerified;
                evidence.Add(place.SeenIn);
                evidence.Add(place.ReceiptIn);
            }
        }

        if (first < 0)
        {
            return null;
        }

        var realised = RealisedBy(one, IsOwnAndAlone);
        bool isGainVerified = realised is { IsVerified: true };
        return new Judgement(
            BundleVerdict.PartiallyLanded,
            isVerified && realised is not { IsVerified: false } ? EvidenceStrength.Proof : EvidenceStrength.Strong,
            isGainVerified ? OutcomeNeed.None : OutcomeNeed.Receipts)
        {
            Block = one.Bundle.Places[first]!.Block,
            Index = one.Bundle.Places[first]!.Index,
            Realised = realised?.Net,
        };
    }

    /// <summary>The block that had it left the chain, and no canonical block has it.</summary>
    public static Judgement? ReorgedOut(in Case one, Evidence evidence)
    {
        if (one.Bundle.Left is not { } left)
        {
            return null;
        }

        evidence.Add(left.SeenIn);
        evidence.Add(left.LeftIn);
        evidence.Add(one.Target?.SeenIn ?? GlobalSeq.None);
        return new Judgement(BundleVerdict.ReorgedOut, EvidenceStrength.Proof, OutcomeNeed.None) { Block = left.Block, Index = left.Index };
    }

    private static OutcomeNeed NeedOf(BlockEntry block) => block.IsVerified ? OutcomeNeed.None : OutcomeNeed.BlockBodies;

    private static bool IsWhole(in Case one, BlockEntry block)
    {
        bool hasOwn = false; // without one, anyone's blocks have "the bundle"
        for (int i = 0; i < one.Built.Transactions.Count; i++)
        {
            hasOwn |= one.Built.Transactions[i].IsOwn;
            if (!one.IsIncluded(i) || one.Bundle.Places[i]!.Block != block.Hash || one.Bundle.Places[i]!.Index != one.Bundle.Places[0]!.Index + i)
            {
                return false;
            }
        }

        return hasOwn;
    }

    /// <summary>What the receipts of the transactions that must not fail say.</summary>
    private static ReceiptStatuses StatusesOf(in Case one, Evidence evidence)
    {
        var statuses = ReceiptStatuses.None;
        for (int i = 0; i < one.Built.Transactions.Count; i++)
        {
            var place = one.Bundle.Places[i]!;
            evidence.Add(place.ReceiptIn);
            statuses = one.Built.Transactions[i].MayRevert ? statuses : statuses.With(place.Outcome, place.IsOutcomeVerified);
        }

        return statuses;
    }

    private static bool IsOwnAndAlone(in Case one, int index) =>
        one.Built.Transactions[index].IsOwn && one.IsIncluded(index) && !one.IsOfAnotherBundle(index);

    /// <summary>What the chosen transactions gained; null unless the logs of each are known.</summary>
    private static TokenGain? RealisedBy(in Case one, Choice isChosen)
    {
        TokenGain? sum = new TokenGain(default, default, IsVerified: true);
        for (int i = 0; i < one.Built.Transactions.Count; i++)
        {
            if (isChosen(one, i))
            {
                sum = one.Bundle.Places[i]!.Gain is { } gain ? sum?.Plus(gain) : null;
            }
        }

        return sum;
    }

    private delegate bool Choice(in Case one, int index);
}
