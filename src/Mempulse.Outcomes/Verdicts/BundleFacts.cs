using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>Keeps what the log says was done with bundles. Confined to the fold's thread.</summary>
/// <param name="ledger">The ledger of the fold's entries.</param>
/// <param name="bundles">The bundles.</param>
/// <param name="chain">Where the chain used their nonces.</param>
/// <param name="bounds">The bounds.</param>
/// <param name="touched">Receives the bundles that a fact is about.</param>
internal sealed class BundleFacts(EntryLedger ledger, BundleTable bundles, ChainRule chain, BundleBounds bounds, List<BundleEntry> touched)
{
    private readonly AttemptRule _attempts = new(bundles, bounds);

    /// <summary>What belongs to no bundle.</summary>
    public OutcomeTotals Totals { get; } = new();

    /// <summary>True from the first event about a bundle on: a log without one has the digest of one without this fold.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Applies a fact, if it is about a bundle.</summary>
    public void Apply(in Fact fact)
    {
        switch (fact.Kind)
        {
            case LogEvent.BundleBuilt.KindNumber:
                Build((LogEvent.BundleBuilt)fact.Event!, fact.Record.Seq);
                break;
            case LogEvent.BundleStale.KindNumber when Find(fact) is { } bundle:
                End(bundle, ((LogEvent.BundleStale)fact.Event!).Reason, fact.Record.Seq);
                break;
            case LogEvent.BundleCancelled.KindNumber when Find(fact) is { } bundle:
                End(bundle, ((LogEvent.BundleCancelled)fact.Event!).Reason, fact.Record.Seq);
                bundle.CancelledIn = bundle.CancelledIn == GlobalSeq.None ? fact.Record.Seq : bundle.CancelledIn;
                break;
            case LogEvent.AttemptRefused.KindNumber when Find(fact) is { } bundle:
                Kept(_attempts.Apply((LogEvent.AttemptRefused)fact.Event!, fact.Record.Seq, bundle));
                break;
            case LogEvent.AttemptStarted.KindNumber when Find(fact) is { } bundle:
                Kept(_attempts.Apply((LogEvent.AttemptStarted)fact.Event!, fact.Record.Seq, fact.Record.Timestamp, bundle));
                break;
            case LogEvent.RelayAttempt.KindNumber when Find(fact) is { } bundle:
                Kept(_attempts.Apply((LogEvent.RelayAttempt)fact.Event!, fact.Record.Seq, bundle));
                break;
            case LogEvent.CompetitionExamined.KindNumber when Find(fact) is { } bundle:
                Examine(bundle, (LogEvent.CompetitionExamined)fact.Event!, fact.Record.Seq);
                break;
            default:
                break;
        }
    }

    public void Save(CheckpointWriter writer) => writer.SaveAll(HasBegun ? [Totals] : []);

    public void Restore(ref CheckpointReader reader)
    {
        ref var values = ref reader.Values;
        for (int left = values.ReadCount(); left > 0; left--)
        {
            if (HasBegun)
            {
                throw values.Malformed("there are two totals");
            }

            Totals.Read(ref values);
            Begin();
        }
    }

    private void Build(LogEvent.BundleBuilt built, GlobalSeq seq)
    {
        Begin();
        if (bundles.TryGet(built.Bundle, out _))
        {
            return; // the same bundle again
        }

        ledger.Changing(Totals);
        if (built.Transactions.Count > bounds.Transactions)
        {
            Totals.Forgotten++;
            return;
        }

        if (bundles.Count == bounds.Bundles)
        {
            bundles.Remove(bundles.Oldest!);
            Totals.Forgotten++;
        }

        var bundle = new BundleEntry(built, seq);
        bundles.Add(bundle);
        Totals.LastOrdinal = bundles.LastOrdinal;
        chain.Place(bundle);
        touched.Add(bundle);
    }

    private void End(BundleEntry bundle, BundleEnd reason, GlobalSeq seq)
    {
        bundles.Changing(bundle);
        if (bundle.End == BundleEnd.None)
        {
            bundle.End = reason;
            bundle.EndedIn = seq;
        }
    }

    private void Examine(BundleEntry bundle, LogEvent.CompetitionExamined examined, GlobalSeq seq)
    {
        bundles.Changing(bundle);
        bundle.Examination = new Examination(seq, examined.Block, examined.Finding, examined.Competitor ?? default, examined.IsVerified);
    }

    private void Kept(bool isKept)
    {
        if (!isKept)
        {
            ledger.Changing(Totals);
            Totals.RequestsUncounted++;
        }
    }

    /// <summary>The bundle of an event, which is judged again; null, and counted, if it is not held.</summary>
    private BundleEntry? Find(in Fact fact)
    {
        if (bundles.TryGet(fact.Record.BundleKey, out var bundle))
        {
            touched.Add(bundle);
            return bundle;
        }

        Begin();
        ledger.Changing(Totals);
        Totals.Unknown++;
        return null;
    }

    private void Begin()
    {
        if (!HasBegun)
        {
            HasBegun = true;
            ledger.Added(Totals);
        }
    }
}
