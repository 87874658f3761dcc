using Mempulse.Dashboard.Format;
using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>Writes the evidence about an opportunity: what is known and how, and last what is not derivable with what would decide it.</summary>
internal static class EvidenceRows
{
    private const string NotDerivable = "not_derivable";

    /// <summary>The evidence about a bundle's verdict.</summary>
    /// <param name="history">The bundle.</param>
    /// <param name="others">Evidence that is not the bundle's own records: position and what it is.</param>
    public static IReadOnlyList<EvidenceRow> Of(BundleHistory history, IReadOnlyList<LoggedEvent> others)
    {
        List<EvidenceRow> rows = [];
        if (history.Outcome is { } outcome)
        {
            rows.Add(new EvidenceRow(StrengthName.Of(outcome.Strength), history.Explanation, $"judged by {outcome.Rules}", history.DecidedAt.Value));
            rows.AddRange(outcome.Evidence.Select(record => Of(record.Seq, history, others)).OfType<EvidenceRow>());
        }
        else
        {
            rows.AddRange(history.Steps.Where(static step => step.Sentence.Length > 0).Select(Of));
        }

        if (history.WouldDecide is { } need)
        {
            rows.Add(new EvidenceRow(NotDerivable, history.Outcome is null ? "What becomes of it" : "Anything beyond that", $"would need {need}", null));
        }

        return rows;
    }

    /// <summary>The evidence about an opportunity without a bundle.</summary>
    /// <param name="records">Its records, in the order of the log.</param>
    /// <param name="notSimulated">Why it was not simulated, in a sentence; null if it was.</param>
    public static IReadOnlyList<EvidenceRow> Of(IReadOnlyList<LoggedEvent> records, string? notSimulated)
    {
        List<EvidenceRow> rows = [.. records.Select(Of).OfType<EvidenceRow>()];
        if (notSimulated is not null)
        {
            rows.Add(new EvidenceRow(NotDerivable, "What it would gain when executed", notSimulated, null));
        }

        return rows;
    }

    private static EvidenceRow? Of(GlobalSeq seq, BundleHistory history, IReadOnlyList<LoggedEvent> others) =>
        history.Steps.FirstOrDefault(step => step.Seq == seq) is { Sentence.Length: > 0 } step ? Of(step)
        : others.FirstOrDefault(other => other.Seq == seq) is { } other ? OfOther(other)
        : null;

    private static EvidenceRow Of(BundleStep step) => new(StrengthName.Of(step.Strength), step.Sentence, $"event {Words.Spaced(step.Word)}", step.Seq.Value);

    private static EvidenceRow OfOther(LoggedEvent other) => other.Event switch
    {
        LogEvent.BlockObserved block => new("proof", $"Block {Figures.Count(block.Number.Value)} was observed with {Figures.Count(block.Transactions.Count)} transactions and a base fee of {Figures.Gwei(block.BaseFeePerGas.Value)} gwei", "header and transactions", other.Seq.Value),
        LogEvent.ReorgDetected => new("proof", "A block that had it left the chain", "reorg on record", other.Seq.Value),
        LogEvent.RelayDataObserved => new("strong", "A relay states which builder made the block", "relay data", other.Seq.Value),
        _ => new("proof", Words.Capital(Words.Split(other.Event.GetType().Name)), "event on record", other.Seq.Value),
    };

    private static EvidenceRow? Of(LoggedEvent record) => record.Event switch
    {
        LogEvent.OppDetected detected => new(
            "strong",
            $"The pools as they are after block {Figures.Count(detected.BaseNumber.Value)} give at most {Figures.Ether(detected.Value.Value)} before gas",
            detected.IsExact ? "computed from observed pools; no other input gains more" : "computed from observed pools; the best input of those tried",
            record.Seq.Value),
        LogEvent.SimCompleted sim => new(
            sim.IsVerified ? "proof" : "strong",
            sim.Category == FailureCategory.None ? $"Executed on the state of block {Figures.Count(sim.BaseNumber.Value)}: {(sim.Profit.IsLoss ? "loses" : "gains")} {Figures.Ether(sim.Profit.Amount.Value)} with {Figures.Gas(sim.GasUsed.Value)} gas" : $"Executed on the state of block {Figures.Count(sim.BaseNumber.Value)}: {Words.Split(OutcomeName.Of(sim.Category))}",
            sim.IsVerified ? "every value read is proven by the state root" : "state as a node or a capture states it, not proven",
            record.Seq.Value),
        LogEvent.OppInvalidated ended => new("proof", $"It no longer holds: {Words.Split(ended.Reason.ToString())}", "event on record; a reorg may reopen it", record.Seq.Value),
        LogEvent.OppExpired ended => new("proof", $"It no longer holds: {Words.Split(ended.Reason.ToString())}", "event on record, final", record.Seq.Value),
        LogEvent.OppReopened => new("proof", "It holds again after a reorg", "event on record", record.Seq.Value),
        _ => null,
    };
}
