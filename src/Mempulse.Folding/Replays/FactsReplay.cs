using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;

namespace Mempulse.Folding.Replays;

/// <summary>Folds some facts of a log, each at its own position, from an empty state, and returns what follows from them.</summary>
/// <remarks>An event that depends on other facts may follow differently than in the log: the caller compares.</remarks>
public static class FactsReplay
{
    /// <summary>Derived events that are taken out of the engine at once.</summary>
    private const int DrainedAtOnce = 4_096;

    /// <summary>Folds facts.</summary>
    /// <param name="composition">The derivations, with the rules that the facts load.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="facts">The facts by ascending position.</param>
    /// <param name="kinds">The kinds of derived events to return.</param>
    /// <returns>The derived events of these kinds in their order. Their position is <see cref="GlobalSeq.None"/>; their cause is a position.</returns>
    /// <exception cref="Primitives.Encoding.EventDecodeException">A fact is malformed.</exception>
    /// <exception cref="Features.Rules.RulesUnavailableException">The content of the rules that a fact loads is missing.</exception>
    /// <exception cref="InvariantBrokenException">The facts contradict each other, or are out of order.</exception>
    public static IReadOnlyList<LoggedRecord> Derive(FoldComposition composition, ChainId chain, IEnumerable<LoggedRecord> facts, IReadOnlySet<EventKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(composition);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(kinds);
        var engine = composition.Create(chain);
        var found = new List<LoggedRecord>();
        var drained = new EventBatch(DerivedEvents.Lane);
        foreach (var fact in facts)
        {
            Invariant.That(fact.Seq > engine.Applied, "INV-40", "records are applied in sequence, without a hole that is not stated");
            engine.LeaveOut(new GlobalSeq(fact.Seq.Value - 1));
            engine.Apply(fact.View);
            while (engine.DrainDerived(drained, DrainedAtOnce) > 0)
            {
                Take(drained, kinds, found);
                engine.ConfirmDerived(drained.Last);
                drained.Clear();
            }
        }

        return found;
    }

    private static void Take(EventBatch drained, IReadOnlySet<EventKind> kinds, List<LoggedRecord> found)
    {
        foreach (var record in new SequencedBatch(new Epoch(1), new GlobalSeq(1), drained.Count, new GlobalSeq(1), drained.Records))
        {
            if (kinds.Contains(record.Kind))
            {
                found.Add(new LoggedRecord(GlobalSeq.None, record.Bytes.ToArray()));
            }
        }
    }
}
