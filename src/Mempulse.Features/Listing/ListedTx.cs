using Mempulse.Features.Flags;
using Mempulse.Features.Traits;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Listing;

/// <summary>A waiting transaction in a list. Immutable.</summary>
public sealed record ListedTx : IKeyed<Hash256>
{
    /// <summary>The transaction.</summary>
    public required Hash256 Hash { get; init; }

    /// <inheritdoc/>
    Hash256 IKeyed<Hash256>.Key => Hash;

    /// <summary>Its state: Seen, Pending, Queued or Left.</summary>
    public required TxState State { get; init; }

    /// <summary>Time of the first fact about it.</summary>
    public required UnixNanoseconds FirstAt { get; init; }

    /// <summary>Its sender; null while only its hash is known.</summary>
    public required Address? Sender { get; init; }

    /// <summary>Its nonce; null while only its hash is known.</summary>
    public required Nonce? Nonce { get; init; }

    /// <summary>What it says; null while only its hash is known.</summary>
    public required ListedBody? Body { get; init; }

    /// <summary>Number of its sightings.</summary>
    public required uint Sightings { get; init; }

    /// <inheritdoc cref="PoolPosition.MissingNonces"/>
    public required ulong? MissingNonces { get; init; }

    /// <inheritdoc cref="PoolPosition.IsReplacement"/>
    public required bool IsReplacement { get; init; }

    /// <summary>The sources that announced it, in the order in which they did.</summary>
    public required IReadOnlyList<SourceArrival> HeardBy { get; init; }

    /// <summary>Its risks, without those that are absent; empty if its call was not read.</summary>
    public required IReadOnlyList<RiskFlag> Flags { get; init; }

    /// <summary>Its highest score; null if its call was not read, or the profile gives it none.</summary>
    public required long? Score { get; init; }

    /// <summary>True if a strategy found an opportunity in it.</summary>
    public required bool IsTrigger { get; init; }

    /// <summary>True if it has a risk.</summary>
    public bool Has(RiskFlagKind kind)
    {
        foreach (var flag in Flags)
        {
            if (flag.Kind == kind)
            {
                return flag.Standing == FlagStanding.Present;
            }
        }

        return false;
    }

    /// <summary>How its fee cap stands to the base fee of the next block.</summary>
    public FeeClass FeeClassAt(FeeOutlook? fees) =>
        Body is not { } body || fees is not { } next ? FeeClass.Unknown
        : body.MaxFeePerGas >= next.NextBaseFee ? FeeClass.Next
        : body.MaxFeePerGas >= next.LowestBaseFeeAfterNext ? FeeClass.Near
        : FeeClass.Below;

    /// <summary>What it pays per gas in a block with the next base fee, if it can be in one: the lower of its cap and the base fee with its tip.</summary>
    /// <returns>Null while only its hash is known.</returns>
    public Wei? PriceAt(FeeOutlook? fees)
    {
        if (Body is not { } body)
        {
            return null;
        }

        var bid = UInt256.Add(fees?.NextBaseFee.Value ?? UInt256.Zero, body.MaxPriorityFeePerGas.Value, out bool isBeyond);
        return isBeyond || bid > body.MaxFeePerGas.Value ? body.MaxFeePerGas : new Wei(bid);
    }

    /// <summary>The tip per gas that the producer of the next block gets; null if that is not known, or it does not pay the base fee.</summary>
    public Wei? TipAt(FeeOutlook? fees) =>
        fees is { } next && PriceAt(fees) is { } price && price >= next.NextBaseFee ? new Wei(price.Value - next.NextBaseFee.Value) : null;

    /// <summary>True if nothing differs from a former row.</summary>
    internal bool IsSame(ListedTx former) =>
        State == former.State && Sightings == former.Sightings && Score == former.Score && MissingNonces == former.MissingNonces && IsReplacement == former.IsReplacement && IsTrigger == former.IsTrigger
        && Sender == former.Sender && ReferenceEquals(Body, former.Body) && ReferenceEquals(HeardBy, former.HeardBy) && ReferenceEquals(Flags, former.Flags);
}
