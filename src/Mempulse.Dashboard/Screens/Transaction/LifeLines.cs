using System.Globalization;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Sources;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Transaction;

/// <summary>Turns the records of a transaction into the lines of its life, in the order of the log.</summary>
internal sealed class LifeLines
{
    /// <summary>Lines at most; the rest is counted.</summary>
    public const int MaxLines = 64;

    private readonly List<LifeLine> _lines = [];
    private readonly HashSet<SourceId> _heardBy = [];
    private readonly IReadOnlyList<PoolSourceStatus> _sources;
    private UnixNanoseconds _firstAt;

    private LifeLines(IReadOnlyList<PoolSourceStatus> sources) => _sources = sources;

    /// <summary>The lines, and how many more there are.</summary>
    public static (IReadOnlyList<LifeLine> Lines, int More) Of(TxRecords found)
    {
        var lines = AllOf(found);
        return (lines.Count <= MaxLines ? lines : lines[..MaxLines], Math.Max(0, lines.Count - MaxLines));
    }

    /// <summary>The last line that changed its state; null if none did.</summary>
    public static LifeLine? LastStepOf(TxRecords found) => AllOf(found).FindLast(static line => !line.IsSmall);

    private static List<LifeLine> AllOf(TxRecords found)
    {
        var lines = new LifeLines(found.Folded.Sources);
        foreach (var record in found.Records)
        {
            var view = record.View;
            if (EventCatalog.Core.Decode(view) is { } logged)
            {
                lines.Add(logged, record.Seq, view.Timestamp, view.Source);
            }
        }

        return lines._lines;
    }

    private void Add(LogEvent logged, GlobalSeq seq, UnixNanoseconds time, SourceId source)
    {
        switch (logged)
        {
            case LogEvent.TxSeen:
                AddSighting(seq, time, source);
                break;
            case LogEvent.TxDecoded decoded:
                Small(seq, time, $"body of {Figures.Count(decoded.Tx.Raw.Length)} B from {NameOf(source)}");
                break;
            case LogEvent.TxStateChanged changed:
                State(seq, time, changed.To, Waits(changed));
                break;
            case LogEvent.TxIncluded included:
                AddBlock(seq, time, TxState.Included, included.Block, included.Number, string.Create(CultureInfo.InvariantCulture, $" index {included.Index}{Outcome(included.Outcome)}"));
                break;
            case LogEvent.TxConfirmed confirmed:
                AddBlock(seq, time, TxState.Confirmed, confirmed.Block, confirmed.Number, " is final");
                break;
            case LogEvent.TxReopened reopened:
                _lines.Add(new LifeLine(seq, time, "reorged", "Reopened", $"block {Figures.Count(reopened.Number.Value)} was lost in a reorg; {Lower(reopened.To)} again"));
                break;
            case LogEvent.TxReplaced replaced:
                AddReplaced(seq, time, replaced);
                break;
            default:
                AddOther(logged, seq, time);
                break;
        }
    }

    private void AddOther(LogEvent logged, GlobalSeq seq, UnixNanoseconds time)
    {
        switch (logged)
        {
            case LogEvent.TxOutcomeKnown outcome:
                Small(seq, time, $"receipt of block {Figures.Count(outcome.Number.Value)}: {Lower(outcome.Outcome)}, {Figures.Gas(outcome.GasUsed.Value)} gas{(outcome.IsVerified ? ", verified" : ", as a node claims")}");
                break;
            case LogEvent.TxExpired expired:
                State(seq, time, TxState.Expired, $"waited {Times.Duration((long)expired.WaitedSeconds * 1_000_000_000)} as {Lower(expired.From)}");
                break;
            case LogEvent.TxVanished vanished:
                State(seq, time, TxState.Left, $"none of {vanished.Sources} sources whose pool is checked still has it");
                break;
            case LogEvent.TxReturned returned:
                State(seq, time, returned.To, "a source has it again");
                break;
            case LogEvent.TxLeft left:
                Small(seq, time, $"left the pool of a source: {Lower(left.Via)}");
                break;
            case LogEvent.DecodeGraded graded:
                Small(seq, time, GradeText.Of(graded));
                break;
            case LogEvent.OppDetected opp:
                Small(seq, time, "opportunity ", opp.Opp, string.Create(CultureInfo.InvariantCulture, $" detected by {opp.Strategy} {opp.StrategyVersion}"));
                break;
            case LogEvent.OppInvalidated { Opp: var id }:
                Small(seq, time, "opportunity ", id, " no longer holds");
                break;
            case LogEvent.OppExpired { Opp: var id }:
                Small(seq, time, "opportunity ", id, " expired");
                break;
            default:
                Small(seq, time, EventCatalog.Core.NameOf(logged.Kind));
                break;
        }
    }

    private void AddSighting(GlobalSeq seq, UnixNanoseconds time, SourceId source)
    {
        bool isFirst = _heardBy.Count == 0;
        if (!_heardBy.Add(source))
        {
            return; // a source repeats itself: the sightings are counted beside its lag
        }

        if (isFirst)
        {
            _firstAt = time;
            _lines.Add(new LifeLine(seq, time, "seen", nameof(TxState.Seen), $"first by {NameOf(source)}"));
            return;
        }

        Small(seq, time, $"heard by {NameOf(source)} {Times.After(time.Value - _firstAt.Value)}");
    }

    private void AddBlock(GlobalSeq seq, UnixNanoseconds time, TxState state, Hash256 block, BlockNumber number, string rest) =>
        _lines.Add(new LifeLine(seq, time, Lower(state), state.ToString(), "block ") { Object = Figures.Count(number.Value), Href = $"/blocks/{block}", Rest = rest });

    private void AddReplaced(GlobalSeq seq, UnixNanoseconds time, LogEvent.TxReplaced replaced)
    {
        string how = replaced.ByInclusion ? "a block used its nonce" : "by a transaction that pays more";
        _lines.Add(replaced.By.IsZero
            ? new LifeLine(seq, time, "replaced", nameof(TxState.Replaced), $"{how}; the other transaction is not known")
            : new LifeLine(seq, time, "replaced", nameof(TxState.Replaced), $"{how}: ") { Object = Hashes.Short(replaced.By.ToString()), Href = $"/tx/{replaced.By}" });
    }

    private void State(GlobalSeq seq, UnixNanoseconds time, TxState state, string sentence) =>
        _lines.Add(new LifeLine(seq, time, state == TxState.Left ? "expired" : Lower(state), state.ToString(), sentence));

    private void Small(GlobalSeq seq, UnixNanoseconds time, string sentence) => _lines.Add(new LifeLine(seq, time, "dot", string.Empty, sentence));

    private void Small(GlobalSeq seq, UnixNanoseconds time, string sentence, Hash256 opp, string rest) =>
        _lines.Add(new LifeLine(seq, time, "dot", string.Empty, sentence) { Object = Hashes.Short(opp.ToString()), Href = $"/opps/{opp}", Rest = rest });

    private string NameOf(SourceId source) => _sources.FirstOrDefault(known => known.Id == source) is { Name: { Length: > 0 } name } ? name : source.ToString();

    private static string Waits(LogEvent.TxStateChanged changed) => (changed.To, changed.Replaces) switch
    {
        (TxState.Pending, { } other) => $"takes the nonce of {Hashes.Short(other.ToString())}",
        (TxState.Pending, _) => changed.From == TxState.Queued ? "the nonces below it are known now" : "its nonce is next for the sender",
        (TxState.Queued, _) => "a nonce below it is missing",
        _ => $"was {Lower(changed.From)}",
    };

    private static string Outcome(ExecutionOutcome outcome) => outcome == ExecutionOutcome.Unknown ? string.Empty : $", {Lower(outcome)}";

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
