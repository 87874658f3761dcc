using System.Globalization;
using Mempulse.Api.Decoding;
using Mempulse.Api.Observations;
using Mempulse.Api.Opportunities;
using Mempulse.Api.Ranking;
using Mempulse.Client.Transactions;
using Mempulse.Grains.Abstractions.Sources;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Histories;
using Mempulse.Replay.Views;

namespace Mempulse.Api.Transactions;

/// <summary>Turns a transaction's records into a response: its history is <see cref="TxHistory"/>'s.</summary>
internal static class TxText
{
    public static TxResponse Of(ChainId chain, Hash256 hash, TxRecords found, EventCatalog events, DecodeBasis? basis)
    {
        var history = new TxHistory(hash);
        foreach (var record in found.Records)
        {
            history.Add(record.View);
        }

        return Of(chain, history.Build()!, found, events, basis);
    }

    private static TxResponse Of(ChainId chain, TxLife life, TxRecords found, EventCatalog events, DecodeBasis? basis)
    {
        var call = basis is null ? null : LoggedCall.Of(chain, life);
        return new TxResponse
        {
            Chain = chain.ToString(),
            Synthetic = life.Sightings.Any(sighting => SourceOf(sighting, found.Folded) is { IsSynthetic: true }),
            Hash = life.Hash.ToString(),
            Status = life.State.ToString(),
            AsOfSeq = found.AsOf.Value,
            Body = Body(life),
            Sightings = [.. life.Sightings.Select(sighting => Of(sighting, life.Sightings[0].FirstTime, found.Folded))],
            Lifecycle = [.. life.Steps.Select(step => Of(step, events))],
            ReplacedBy = life.ReplacedBy is { IsZero: false } by ? by.ToString() : null,
            Replaces = life.Replaces?.ToString(),
            Inclusion = life.Inclusion is { } at ? Of(at, IsAbandoned(life, at, found.Folded)) : null,
            Opportunities = [.. found.Folded.Opportunities.Select(OppText.Of)],
            Spread = found.Folded.Spread is { } spread ? ObservationText.Of(spread) : null,
            Truncated = life.IsTruncated || found.IsTruncated,
            Registry = call is null ? null : basis!.Registry.ContentHash.ToString(),
            Decode = call?.ToJson(basis!),
            Flags = found.Folded.Appraisal is { } appraisal ? RankText.Of(appraisal.Flags) : null,
            Score = found.Folded.Appraisal?.Score is { } score ? RankText.Of(score) : null,
        };
    }

    private static SightingPart Of(SourceHistory sighting, UnixNanoseconds first, FoldedTx folded) => new(
        SourceOf(sighting, folded) is { Name: { Length: > 0 } name } ? name : sighting.Source.ToString(),
        sighting.First.Value,
        sighting.FirstTime.ToRfc3339(),
        (sighting.FirstTime.Value - first.Value).ToString(CultureInfo.InvariantCulture),
        sighting.Count,
        sighting.LeftAt?.ToRfc3339());

    private static PoolSourceStatus? SourceOf(SourceHistory sighting, FoldedTx folded) =>
        folded.Sources.FirstOrDefault(source => source.Id == sighting.Source);

    private static InclusionPart Of(PoolInclusion at, bool isAbandoned) => new(
        at.Block.ToString(),
        at.Number.Value,
        at.Index,
        at.Outcome.ToString(),
        at.Outcome != ExecutionOutcome.Unknown && !at.IsUnverified,
        isAbandoned);

    /// <summary>The records of a transaction do not change when its chain is abandoned, so the time of its inclusion determines the chain.</summary>
    private static bool IsAbandoned(TxLife life, PoolInclusion at, FoldedTx folded)
    {
        var included = life.Steps.LastOrDefault(static step => step.Kind == LogEvent.TxIncluded.KindNumber).Time;
        return folded.Abandoned.Any(left => left.Contains(at.Number, included));
    }

    private static StepPart Of(LifeStep step, EventCatalog events) => new(
        step.Seq.Value,
        events.NameOf(step.Kind),
        step.State.ToString(),
        step.Time.ToRfc3339(),
        step.Cause == GlobalSeq.None ? null : step.Cause.Value);

    private static TxBodyPart? Body(TxLife life) => life is not { Body: { } body, Sender: { } sender } ? null : new TxBodyPart
    {
        Sender = sender.ToString(),
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
        DecodedSeq = life.DecodedAt.Value,
    };
}
