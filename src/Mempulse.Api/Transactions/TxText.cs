using System.Globalization;
using Mempulse.Api.Observations;
using Mempulse.Api.Text;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Api.Transactions;

/// <summary>Turns a transaction's view into a response.</summary>
internal static class TxText
{
    public static TxResponse Of(ChainId chain, TxView tx) => new()
    {
        Chain = chain.ToString(),
        Synthetic = tx.IsSynthetic,
        Hash = tx.Hash.ToString(),
        Status = tx.State.ToString(),
        AsOfSeq = tx.AsOf.Value,
        Body = tx.Body is { } body ? Of(body) : null,
        Sightings = [.. tx.Sightings.Select(sighting => Of(sighting, tx.Sightings[0].FirstTime))],
        Lifecycle = [.. tx.Lifecycle.Select(Of)],
        ReplacedBy = tx.ReplacedBy?.ToString(),
        Replaces = tx.Replaces?.ToString(),
        Inclusion = tx.Inclusion is { } at ? new InclusionPart(at.Block.ToString(), at.Number.Value, at.Index, at.Succeeded) : null,
        Spread = tx.Spread is { } spread ? ObservationText.Of(spread) : null,
        Truncated = tx.IsTruncated,
    };

    private static SightingPart Of(SourceSightings sighting, UnixNanoseconds first) => new(
        sighting.Name.Length > 0 ? sighting.Name : sighting.Source.ToString(),
        sighting.First.Value,
        EventTime.Format(sighting.FirstTime),
        (sighting.FirstTime.Value - first.Value).ToString(CultureInfo.InvariantCulture),
        sighting.Count);

    private static StepPart Of(LifecycleStep step) => new(
        step.Seq.Value,
        step.Kind.ToString(),
        step.State.ToString(),
        EventTime.Format(step.Time),
        step.Cause == GlobalSeq.None ? null : step.Cause.Value);

    private static TxBodyPart Of(TxBody body) => new()
    {
        Sender = body.Sender.ToString(),
        Nonce = body.Nonce.Value,
        Type = body.Type.ToString(),
        Recipient = body.Recipient?.ToString(),
        Value = body.Value.ToString(),
        GasLimit = body.GasLimit.Value,
        MaxFeePerGas = body.MaxFeePerGas.ToString(),
        MaxPriorityFeePerGas = body.MaxPriorityFeePerGas.ToString(),
        MaxFeePerBlobGas = body.MaxFeePerBlobGas.ToString(),
        BlobCount = body.BlobCount,
        InputLength = body.InputLength,
        Selector = body.Selector is { } selector ? $"0x{selector:x8}" : null,
        DecodedSeq = body.DecodedAt.Value,
    };
}
