using System.Collections.Frozen;
using Mempulse.Features.Reasons;
using Mempulse.Features.Rules;
using Mempulse.Folding;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Storage.Cases;

namespace Mempulse.Cases;

/// <summary>Folds facts of a log again, and compares what follows about opportunities and bundles with what is logged: scores, ends and verdicts.</summary>
/// <param name="chain">The chain.</param>
/// <param name="rules">The rules that the facts load.</param>
/// <param name="subject">The id that the case is about: what the fold derives about it must be logged.</param>
/// <param name="logged">The events that are logged about opportunities and bundles; what the fold derives about others is not compared.</param>
internal sealed class CaseFold(ChainId chain, IRulesContents rules, Hash256 subject, IReadOnlyList<LoggedRecord> logged)
{
    private static readonly FrozenSet<EventKind> _kinds =
        [LogEvent.OppDetected.KindNumber, LogEvent.OppInvalidated.KindNumber, LogEvent.OppReopened.KindNumber, LogEvent.OppExpired.KindNumber, LogEvent.BundleOutcome.KindNumber];

    private readonly FoldComposition _composition = FoldComposition.Default.Reading(rules);
    private readonly RecordText _text = new(EventCatalog.Core);
    private readonly SortedDictionary<CaseEvent, List<LoggedRecord>> _logged = Group(logged);

    /// <summary>True for a derived event that is folded again and compared.</summary>
    public static bool IsCompared(LoggedRecord record) => record.View.IsDerived && _kinds.Contains(record.View.Kind);

    /// <summary>What a derived event is about.</summary>
    public static CaseEvent EventOf(LoggedRecord record)
    {
        var view = record.View;
        return new CaseEvent(view.Kind, view.Kind == LogEvent.BundleOutcome.KindNumber ? view.BundleKey : view.OppKey);
    }

    /// <summary>Folds facts and returns the first difference of each kind of event about each id.</summary>
    /// <param name="facts">The facts by ascending position.</param>
    /// <exception cref="RulesUnavailableException">A content that a fact names is missing.</exception>
    public SortedDictionary<CaseEvent, CaseCheck> Differences(IReadOnlyList<LoggedRecord> facts)
    {
        var found = Group(FactsReplay.Derive(_composition, chain, facts, _kinds));
        var ids = new SortedSet<Hash256>(_logged.Keys.Select(static one => one.Id)) { subject };
        var differences = new SortedDictionary<CaseEvent, CaseCheck>();
        foreach (var one in _logged.Keys.Union(found.Where(other => ids.Contains(other.Key.Id) || other.Value.Exists(IsAboutSubject)).Select(static other => other.Key)))
        {
            if (Difference(one, _logged.GetValueOrDefault(one) ?? [], found.GetValueOrDefault(one) ?? []) is { } difference)
            {
                differences.Add(one, difference);
            }
        }

        return differences;
    }

    /// <summary>The first difference between what the case states and what the fold derives. The ordinals of events may differ: a case has not every event of a fact.</summary>
    private CaseCheck? Difference(CaseEvent one, List<LoggedRecord> stated, List<LoggedRecord> found)
    {
        string name = $"{EventCatalog.Core.NameOf(one.Kind)} {one.Id}";
        for (int i = 0; i < Math.Max(stated.Count, found.Count); i++)
        {
            if (i >= stated.Count || i >= found.Count)
            {
                return new CaseCheck(name, i < stated.Count ? _text.Describe(stated[i].View) : "nothing", i < found.Count ? _text.Describe(found[i].View) : "nothing");
            }

            var logged = stated[i].View;
            var again = found[i].View;
            if (logged.Cause != again.Cause)
            {
                return new CaseCheck($"{name} cause", $"{logged.Cause}", $"{again.Cause}");
            }

            if (!logged.EqualsButLocalSeq(again))
            {
                var (field, text, other) = _text.FirstDifference(logged, again);
                return new CaseCheck($"{name} {field}", text, other);
            }
        }

        return null;
    }

    private bool IsAboutSubject(LoggedRecord record) => record.View.TryGetKey(KeyKind.Tx, out var tx) && tx.Value == subject;

    private static SortedDictionary<CaseEvent, List<LoggedRecord>> Group(IEnumerable<LoggedRecord> records)
    {
        var groups = new SortedDictionary<CaseEvent, List<LoggedRecord>>();
        foreach (var record in records)
        {
            var one = EventOf(record);
            if (!groups.TryGetValue(one, out var group))
            {
                groups.Add(one, group = []);
            }

            group.Add(record);
        }

        return groups;
    }
}
