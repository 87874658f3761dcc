using System.Globalization;
using Mempulse.Dashboard.Format;
using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>Turns the records of an opportunity and its bundle into the rows of the waterfall. Times are those of the records.</summary>
internal sealed class WaterfallRows
{
    /// <summary>How long before the detection its trigger may have been seen first, to be the start of the axis.</summary>
    private const long MaxLeadNanoseconds = 12_000_000_000;

    /// <summary>Rows that are shown; a bundle has few requests.</summary>
    private const int MaxRows = 40;

    private readonly List<WaterfallRow> _rows = [];
    private readonly long _start;
    private UnixNanoseconds _ready;

    private WaterfallRows(UnixNanoseconds start)
    {
        _start = start.Value;
        _ready = start;
    }

    /// <summary>The rows.</summary>
    /// <param name="opportunity">The records of the opportunity, in the order of the log; the first is its detection.</param>
    /// <param name="bundle">The records of its bundle; empty for none.</param>
    /// <param name="firstSeen">The first record about its trigger.</param>
    public static IReadOnlyList<WaterfallRow> Of(IReadOnlyList<LoggedEvent> opportunity, IReadOnlyList<LoggedEvent> bundle, LoggedEvent? firstSeen)
    {
        var detected = opportunity[0];
        bool isNear = firstSeen is not null && firstSeen.At <= detected.At && detected.At.Value - firstSeen.At.Value <= MaxLeadNanoseconds;
        var rows = new WaterfallRows(isNear ? firstSeen!.At : detected.At);
        rows.Detect(detected, firstSeen, isNear);
        foreach (var record in opportunity.Skip(1).Concat(bundle).DistinctBy(static record => record.Seq).OrderBy(static record => record.Seq))
        {
            rows.Take(record, bundle);
        }

        return [.. rows._rows.Take(MaxRows)];
    }

    private void Detect(LoggedEvent record, LoggedEvent? firstSeen, bool isNear)
    {
        var detected = (LogEvent.OppDetected)record.Event;
        Add(record, "Detect", firstSeen is not null && !isNear ? $"trigger seen {Times.Duration(record.At.Value - firstSeen.At.Value)} before" : string.Empty, "own", new UnixNanoseconds(_start), $"{detected.Strategy} {detected.StrategyVersion}, score {Figures.Count(detected.Score)}");
    }

    private void Take(LoggedEvent record, IReadOnlyList<LoggedEvent> bundle)
    {
        switch (record.Event)
        {
            case LogEvent.SimCompleted sim:
                Add(record, "Simulate", $"on {Figures.Count(sim.BaseNumber.Value)}", sim.Category == FailureCategory.None ? "own" : "failed", _ready, SimText(sim), sim.Category != FailureCategory.None);
                break;
            case LogEvent.BundleBuilt built:
                Add(record, "Build", $"bundle {Hashes.Short(built.Bundle.ToString())}", "own", _ready, $"{Count(built.Transactions.Count, "tx")}, pays {Figures.Ether(built.Payment.Value)}, {(built.IsSigned ? "signed" : "not signed")}{(built.IsDryRun ? ", dry run" : string.Empty)}");
                break;
            case LogEvent.AttemptRefused refused:
                Add(record, refused.Relay, "refused by preflight", string.Empty, record.At, $"rule: {Words.Split(refused.Rule.ToString())}", isWarning: true, isRequest: true);
                break;
            case LogEvent.AttemptStarted started:
                Request(record, started, bundle);
                break;
            case LogEvent.BundleCancelled or LogEvent.BundleStale:
                Add(record, record.Event is LogEvent.BundleStale ? "Stale" : "Withdrawn", string.Empty, "outcome", record.At, StepOf(record, bundle));
                break;
            case LogEvent.CompetitionExamined examined:
                Add(record, "Examine", "the block executed again", "outcome", record.At, $"{Count(examined.Executions, "place")} tried");
                break;
            case LogEvent.BundleOutcome outcome:
                Add(record, "Outcome", $"block {Figures.Count(outcome.Number.Value)}", "outcome", _ready, ResultText.Of(outcome).Word);
                break;
            case LogEvent.OppInvalidated ended:
                Add(record, "Ended", string.Empty, "outcome", record.At, ResultText.Of(ended.Reason).Word);
                break;
            case LogEvent.OppExpired ended:
                Add(record, "Ended", string.Empty, "outcome", record.At, ResultText.Of(ended.Reason).Word);
                break;
            case LogEvent.OppReopened:
                Add(record, "Reopened", "by a reorg", "outcome", record.At, "it holds again");
                break;
            default:
                break;
        }
    }

    private void Request(LoggedEvent record, LogEvent.AttemptStarted started, IReadOnlyList<LoggedEvent> bundle)
    {
        var answered = bundle.FirstOrDefault(other => other.Event is LogEvent.RelayAttempt answer && answer.Relay == started.Relay && answer.Command == started.Command && answer.Number == started.Number);
        bool isFirst = !_rows.Any(row => row.IsRequest && (row.Name == started.Relay || row.Name.Length == 0) && row.Note.StartsWith("attempt", StringComparison.Ordinal) && started.Number > 1);
        string note = string.Create(CultureInfo.InvariantCulture, $"attempt {started.Number}{(started.BackoffMilliseconds > 0 ? $", +{started.BackoffMilliseconds} ms" : string.Empty)}");
        if (started.Command != RelayCommandKind.SendBundle)
        {
            note = $"{Words.Split(started.Command.ToString())}, {note}";
        }

        var answer = answered?.Event as LogEvent.RelayAttempt;
        bool isAccepted = answer is { Consequence: AttemptConsequence.Accepted } or { IsDryRun: true };
        long end = answer is null ? record.At.Value : Math.Max(answered!.At.Value, record.At.Value + ((long)answer.LatencyMicroseconds * 1_000));
        Add(record, isFirst ? started.Relay : string.Empty, note, answer is null ? "outcome" : isAccepted ? "accepted" : "failed", record.At, answer is null ? "no answer on record: it may have it" : AnswerText.Of(answer), !isAccepted, isRequest: true, end: end);
    }

    private static string StepOf(LoggedEvent record, IReadOnlyList<LoggedEvent> bundle) => BundleHistory.Of(bundle)?.Steps.FirstOrDefault(step => step.Seq == record.Seq)?.Sentence ?? string.Empty;

    private static string SimText(LogEvent.SimCompleted sim) => sim.Category != FailureCategory.None ? Words.Split(OutcomeName.Of(sim.Category))
        : $"{(sim.Profit.IsLoss ? "−" : "+")}{Figures.Ether(sim.Profit.Amount.Value)}, {Figures.Gas(sim.GasUsed.Value)} gas";

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");

    private void Add(LoggedEvent record, string name, string note, string bar, UnixNanoseconds from, string answer, bool isWarning = false, bool isRequest = false, long? end = null)
    {
        long to = end ?? record.At.Value;
        _rows.Add(new WaterfallRow
        {
            Name = name,
            Note = note,
            IsRequest = isRequest,
            Bar = bar,
            FromNanoseconds = Math.Min(from.Value, to) - _start,
            ToNanoseconds = to - _start,
            Answer = answer,
            IsWarning = isWarning,
            Seq = record.Seq.Value,
        });
        _ready = bar == "own" && record.At > _ready ? record.At : _ready; // what ends an opportunity does not begin a step
    }
}
