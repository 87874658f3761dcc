using Mempulse.Client.Bundles;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Relays;
using Mempulse.Outcomes.Histories;
using Mempulse.Outcomes.Relays;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Api.Bundles;

/// <summary>Turns bundles and relays into responses. The words are those of their history.</summary>
internal static class BundleText
{
    /// <param name="chain">The chain.</param>
    /// <param name="found">The bundle's records.</param>
    /// <param name="before">The records of its opportunities and its simulation.</param>
    /// <param name="events">The names of kinds.</param>
    public static BundleResponse Of(ChainId chain, BundleRecords found, IEnumerable<SequencedRecord> before, EventCatalog events) => new()
    {
        Chain = chain.ToString(),
        AsOfSeq = found.AsOf.Value,
        Bundle = Of(found.History.Built),
        Outcome = Of(found.History),
        Events =
        [
            .. before.Where(record => record.Seq < found.History.BuiltAt).Select(record => Of(record, null, events)),
            .. found.Records.Select(record => Of(record, SentenceOf(found.History, record.Seq), events)),
        ],
        Truncated = found.IsTruncated,
    };

    public static BundleLinkPart Link(BundleRecords found)
    {
        var history = found.History;
        return new BundleLinkPart(
            history.Built.Bundle.ToString(),
            history.Built.Target.Value,
            history.BuiltAt.Value,
            history.Verdict,
            StrengthName.Of(history.Outcome?.Strength ?? EvidenceStrength.NotDerivable),
            history.Explanation,
            history.Outcome is null ? null : history.DecidedAt.Value,
            [.. found.Records.Select(static record => record.Seq.Value)]);
    }

    public static RelaysResponse Of(ChainId chain, RelaysAnswer answer) => new()
    {
        Chain = chain.ToString(),
        AsOfSeq = answer.AsOf.Value,
        Relays = [.. answer.Relays.Select(Of)],
        Unfollowed = answer.Unfollowed,
    };

    private static RelayPart Of(RelayReport relay) => new()
    {
        Relay = relay.Relay,
        Breaker = BreakerName.Of(relay.Breaker),
        MaySend = relay.MaySend,
        OpenUntil = relay.OpenUntil?.ToRfc3339(),
        WeightBasisPoints = relay.WeightBasisPoints,
        Attempts = relay.Attempts,
        Accepted = relay.Accepted,
        Failed = relay.Failed,
        LatencyMicroseconds = relay.LatencyMicroseconds,
        Landed = relay.Landed,
        LastAttemptSeq = relay.LastAttempt == GlobalSeq.None ? null : relay.LastAttempt.Value,
    };

    private static string? SentenceOf(BundleHistory history, GlobalSeq seq) =>
        history.Steps.FirstOrDefault(step => step.Seq == seq) is { Sentence.Length: > 0 } step ? step.Sentence : null;

    private static BundleEventPart Of(SequencedRecord record, string? sentence, EventCatalog events)
    {
        var view = record.View;
        return new BundleEventPart(record.Seq.Value, view.Timestamp.ToRfc3339(), events.NameOf(view.Kind), view.IsDerived ? view.Cause.Value : null, sentence);
    }

    private static BundlePart Of(LogEvent.BundleBuilt built) => new()
    {
        Id = built.Bundle.ToString(),
        Opportunities = [.. built.Opportunities.Select(static opp => opp.ToString())],
        Simulation = built.Sim.ToString(),
        Base = built.Base.ToString(),
        BaseNumber = built.BaseNumber.Value,
        Target = built.Target.Value,
        Strategy = $"{built.Strategy}/{built.StrategyVersion}",
        Operator = built.Operator.ToString(),
        Account = built.Account.ToString(),
        Token = built.Token.ToString(),
        Transactions = [.. built.Transactions.Select(static tx => new BundleTxPart(tx.Hash.ToString(), tx.Sender.ToString(), tx.Nonce.Value, tx.IsOwn, tx.MayRevert))],
        Profit = built.Profit.ToString(),
        Payment = built.Payment.ToString(),
        PaymentPolicy = built.PaymentPolicy,
        Uuid = built.Uuid,
        Sequence = built.Sequence,
        Replaces = built.Replaces?.ToString(),
        OperatorSigned = built.IsSigned,
        DryRun = built.IsDryRun,
    };

    private static BundleOutcomePart Of(BundleHistory history)
    {
        var outcome = history.Outcome;
        return new BundleOutcomePart
        {
            Verdict = history.Verdict,
            Strength = StrengthName.Of(outcome?.Strength ?? EvidenceStrength.NotDerivable),
            Explanation = history.Explanation,
            WouldDecide = history.WouldDecide,
            Seq = outcome is null ? null : history.DecidedAt.Value,
            Block = outcome?.Block?.ToString(),
            Index = outcome?.Index,
            By = outcome?.By?.ToString(),
            Relay = outcome is { Relay.Length: > 0 } ? outcome.Relay : null,
            Simulated = history.Built.Profit.ToString(),
            Realised = outcome is { IsRealisedKnown: true } ? outcome.Realised.ToString() : null,
            Evidence = outcome is null ? [] : [.. outcome.Evidence.Select(static record => record.Seq.Value)],
            Rules = outcome?.Rules,
        };
    }
}
