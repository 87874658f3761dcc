using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>A bundle to be judged, with what the fold knows of its target.</summary>
/// <param name="bundle">The bundle.</param>
/// <param name="target">The canonical block at its target height; null if it is not held.</param>
/// <param name="bundles">All bundles.</param>
internal readonly ref struct Case(BundleEntry bundle, BlockEntry? target, BundleTable bundles)
{
    /// <summary>The bundle.</summary>
    public BundleEntry Bundle { get; } = bundle;

    /// <summary>The event that made it.</summary>
    public LogEvent.BundleBuilt Built => Bundle.Built;

    /// <summary>The canonical block at its target height; null if it is not held.</summary>
    public BlockEntry? Target { get; } = target;

    /// <summary>Proof, if the target block's hash covers what is said of it; otherwise strong.</summary>
    public EvidenceStrength StrengthOfTarget => Target is { IsVerified: true } ? EvidenceStrength.Proof : EvidenceStrength.Strong;

    /// <summary>True if a request that asks to include the bundle left before the target block was seen.</summary>
    public bool LeftInTime(BundleRequest request) =>
        request.IsSending && request.HasLeft && (Target is not { } block || request.FirstSentIn < block.SeenIn);

    /// <summary>True if such a request left at any relay.</summary>
    public bool AnyLeftInTime()
    {
        foreach (var request in Bundle.Requests)
        {
            if (LeftInTime(request))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if the bundle's own transaction is where the chain used its nonce.</summary>
    public bool IsIncluded(int index) => Bundle.Places[index] is { } place && place.UsedBy == Built.Transactions[index].Hash;

    /// <summary>True if another bundle has a transaction of this one and is for the block that has it, so that its inclusion says nothing of this one.</summary>
    public bool IsOfAnotherBundle(int index)
    {
        if (Bundle.Places[index] is not { } place)
        {
            return false;
        }

        foreach (var other in bundles.ByTx.Find(place.UsedBy))
        {
            if (!ReferenceEquals(other, Bundle) && other.Built.Target == place.Number)
            {
                return true;
            }
        }

        return false;
    }
}
