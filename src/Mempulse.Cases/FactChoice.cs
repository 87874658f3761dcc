using Mempulse.Canon.Reading;
using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Storage.Cases;

namespace Mempulse.Cases;

/// <summary>Chooses facts of a log from which the scores and verdicts of a case follow: as few as a bounded number of trials finds.</summary>
/// <remarks>
/// <para>What a score depends on is not known without folding: how often its trigger's target failed, who competes for its pools. So ever more facts are
/// folded from an empty state until everything follows, and then what can be left out is left out. Each trial is the proof of its choice.</para>
/// <para>Where even all facts that are held do not give an event, it stays in the case as it was logged, and the case says so.</para>
/// </remarks>
/// <param name="reader">The log.</param>
/// <param name="scope">What the case is about.</param>
/// <param name="fold">Folds a choice and compares.</param>
internal sealed class FactChoice(ILogReader reader, FactScope scope, CaseFold fold)
{
    /// <summary>Facts that are held at most, in bytes of their records; beyond it the oldest of those that are about something else are forgotten.</summary>
    private const long MaxHeldBytes = 64 << 20;

    /// <summary>A choice of at most this size is not made smaller.</summary>
    private const long SmallBytes = 64 << 10;

    /// <summary>Trials to make a choice smaller.</summary>
    private const int MaxTrials = 32;

    private readonly List<ScannedFact> _own = [];
    private readonly Queue<ScannedFact> _others = [];
    private readonly SortedSet<Hash256> _triggers = [];
    private long _otherBytes;

    /// <summary>Chooses.</summary>
    /// <param name="needed">Facts that the case has in any case.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The facts, and the events that do not follow from them.</returns>
    public (IReadOnlyList<LoggedRecord> Facts, IReadOnlyList<CaseEvent> AsLogged) Choose(IReadOnlyList<LoggedRecord> needed, CancellationToken cancellationToken)
    {
        if (scope.Last == GlobalSeq.None)
        {
            return ([], [.. fold.Differences(needed).Keys]); // nothing is to follow
        }

        Scan(cancellationToken);
        Choice? best = null;
        foreach (var facts in Choices())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var choice = Trial(facts, needed);
            best = best is null || choice.Missing.Count < best.Missing.Count ? choice : best;
            if (best.Missing.Count == 0)
            {
                break;
            }
        }

        var kept = Smaller(best!, needed, cancellationToken);
        return ([.. kept.Facts.Select(static fact => fact.Record)], [.. kept.Missing]);
    }

    private void Scan(CancellationToken cancellationToken)
    {
        using var scan = reader.Scan(reader.Oldest);
        while (scan.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var record in scan.Current!)
            {
                if (record.Seq > scope.Last)
                {
                    return;
                }

                if (!record.IsDerived)
                {
                    Take(ScannedFact.Of(record));
                }
                else if (record.Kind == LogEvent.OppDetected.KindNumber && record.Seq >= scope.BaseAt)
                {
                    _triggers.Add(record.TxKey);
                }
            }
        }
    }

    /// <summary>What does not follow from a choice.</summary>
    private Choice Trial(IReadOnlyList<ScannedFact> facts, IReadOnlyList<LoggedRecord> needed)
    {
        var kept = InForce(facts);
        return new Choice(kept, fold.Differences(Merge(needed, kept.Select(static fact => fact.Record))).Keys);
    }

    private void Take(ScannedFact fact)
    {
        if (scope.Has(fact, scope.TrendAt))
        {
            _own.Add(fact);
            return;
        }

        _others.Enqueue(fact);
        _otherBytes += fact.SizeBytes;
        while (_otherBytes > MaxHeldBytes)
        {
            _otherBytes -= _others.Dequeue().SizeBytes;
        }
    }

    /// <summary>Ever more facts.</summary>
    private IEnumerable<IReadOnlyList<ScannedFact>> Choices()
    {
        yield return [.. _own.Where(fact => scope.Has(fact, scope.BaseAt))];
        yield return _own;
        yield return With(fact => IsState(fact) || (fact.Tx is { } tx && _triggers.Contains(tx)) || (fact.Subjects.Count > 0 && fact.Seq >= scope.TrendAt));
        yield return With(fact => IsState(fact) || fact.Seq >= scope.TrendAt);
        yield return With(static _ => true);
    }

    private static bool IsState(ScannedFact fact) => fact.Kind is LogEvent.PoolObserved.KindNumber or LogEvent.MarketObserved.KindNumber or LogEvent.ReceiptsObserved.KindNumber;

    private IReadOnlyList<ScannedFact> With(Func<ScannedFact, bool> isChosen) => [.. _own.Concat(_others.Where(isChosen)).OrderBy(static fact => fact.Seq)];

    /// <summary>Leaves out what changes nothing: halves of what is not about the case itself, then quarters, and so on.</summary>
    private Choice Smaller(Choice choice, IReadOnlyList<LoggedRecord> needed, CancellationToken cancellationToken)
    {
        var kept = choice;
        int trials = 0;
        var own = new HashSet<ScannedFact>(_own, ReferenceEqualityComparer.Instance);
        List<List<ScannedFact>> groups = [.. kept.Facts.Where(fact => !own.Contains(fact)).GroupBy(static fact => fact.Tx ?? fact.Block ?? default).OrderBy(static group => group.First().Seq).Select(static group => group.ToList())];
        for (int size = Math.Max(groups.Count / 2, 1); trials < MaxTrials && groups.Count > 0; size /= 2)
        {
            for (int at = 0; at < groups.Count && trials < MaxTrials && kept.Facts.Sum(static fact => (long)fact.SizeBytes) > SmallBytes;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var left = new HashSet<ScannedFact>(groups.Skip(at).Take(size).SelectMany(static group => group), ReferenceEqualityComparer.Instance);
                var without = Trial([.. kept.Facts.Where(fact => !left.Contains(fact))], needed);
                trials++;
                if (without.Missing.Count <= choice.Missing.Count)
                {
                    kept = without;
                    groups.RemoveRange(at, Math.Min(size, groups.Count - at));
                }
                else
                {
                    at += size;
                }
            }

            if (size == 1)
            {
                break;
            }
        }

        return kept;
    }

    /// <summary>Leaves out the rules and epochs that others replace before any other fact.</summary>
    private static IReadOnlyList<ScannedFact> InForce(IReadOnlyList<ScannedFact> facts)
    {
        var first = facts.FirstOrDefault(static fact => StatedOf(fact) is null)?.Seq ?? GlobalSeq.None;
        var last = facts.Where(fact => fact.Seq < first && StatedOf(fact) is not null).GroupBy(StatedOf).Select(static stated => stated.Last().Seq).ToHashSet();
        return [.. facts.Where(fact => fact.Seq >= first || last.Contains(fact.Seq))];
    }

    /// <summary>What a fact states for all that follow it; null for one that states no such thing.</summary>
    private static string? StatedOf(ScannedFact fact) => fact.Kind switch
    {
        LogEvent.EpochStarted.KindNumber => nameof(LogEvent.EpochStarted),
        LogEvent.RulesLoaded.KindNumber when fact.Decode() is LogEvent.RulesLoaded loaded => loaded.Set.ToString(),
        _ => null,
    };

    private static List<LoggedRecord> Merge(IReadOnlyList<LoggedRecord> needed, IEnumerable<LoggedRecord> chosen)
    {
        var merged = new SortedDictionary<GlobalSeq, LoggedRecord>();
        foreach (var record in needed.Concat(chosen))
        {
            merged[record.Seq] = record;
        }

        return [.. merged.Values];
    }

    /// <summary>Facts, and the events that do not follow from them.</summary>
    private sealed record Choice(IReadOnlyList<ScannedFact> Facts, IReadOnlyCollection<CaseEvent> Missing);
}
