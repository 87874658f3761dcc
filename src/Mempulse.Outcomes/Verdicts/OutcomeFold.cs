using System.Diagnostics.CodeAnalysis;
using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>Follows bundles from their assembly on, and derives what became of them: <see cref="LogEvent.BundleOutcome"/>.</summary>
/// <remarks>
/// A bundle is judged when its target block is canonical, or the head is above its target; and again whenever evidence changes the verdict. A reorg reopens it.
/// Verdicts are settled once the target block is older than the blocks that are held. Bounded: see <see cref="BundleBounds"/>.
/// </remarks>
internal sealed class OutcomeFold : IDerivation, IBundleView, ILandings
{
    private readonly BundleBounds _bounds;
    private readonly BundleTable _bundles;
    private readonly BlockWindow _window;
    private readonly BundleFacts _facts;
    private readonly ChainRule _chain;
    private readonly Judge _judge = new();
    private readonly List<BundleEntry> _touched = [];
    private readonly List<BundleEntry> _lastLanded = [];

    /// <summary>A derivation that holds nothing yet.</summary>
    public OutcomeFold(BundleBounds? bounds = null)
    {
        _bounds = bounds ?? BundleBounds.Default;
        _bundles = new BundleTable(Ledger);
        _window = new BlockWindow(Ledger, _bounds.Blocks);
        _chain = new ChainRule(_bundles, _window, _touched);
        _facts = new BundleFacts(Ledger, _bundles, _chain, _bounds, _touched);
    }

    /// <inheritdoc/>
    public string RuleVersion => Judge.Rules;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(BundleEntry.EntryTag, OutcomeTotals.EntryTag));

    /// <inheritdoc/>
    public BundleCounts Counts => new(_bundles.OpenCount, _bundles.Count - _bundles.OpenCount, _facts.Totals.Forgotten, _facts.Totals.RequestsUncounted, _facts.Totals.Unknown);

    /// <inheritdoc/>
    public IReadOnlyList<BundleEntry> LastLanded => _lastLanded;

    /// <inheritdoc/>
    public bool TryGet(in Hash256 bundle, [NotNullWhen(true)] out BundleStanding? standing)
    {
        standing = _bundles.TryGet(bundle, out var entry) ? Standing(entry) : null;
        return standing is not null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<BundleStanding> ToSend(int most) => [.. _bundles.Open().Select(Standing).Where(static standing => standing.MaySend).Take(most)];

    /// <inheritdoc/>
    public IReadOnlyList<BundleStanding> ToExamine(int most) => [.. _window.NewestFirst().SelectMany(block => _bundles.WithTarget(block.Key)).Where(IsToExamine).Take(most).Select(Standing)];

    /// <inheritdoc/>
    public IReadOnlyList<BundleStanding> ForTarget(BlockNumber target, int most) => [.. _bundles.WithTarget(target).Take(most).Select(Standing)];

    /// <inheritdoc/>
    public IReadOnlyList<BundleStanding> OfOpportunity(in Hash256 opportunity) => [.. _bundles.ByOpportunity.Find(opportunity).Select(Standing)];

    /// <inheritdoc/>
    public IReadOnlyList<BundleStanding> Latest(int most) => [.. _bundles.Latest(most).Select(Standing)];

    /// <inheritdoc/>
    public BundleStanding? Newest(string uuid) => _bundles.ByUuid.Find(new UuidKey(uuid)).MaxBy(static bundle => bundle.Built.Sequence) is { } newest ? Standing(newest) : null;

    /// <inheritdoc/>
    public Hash256? AlsoHeldAt(string relay, in Hash256 bundle) => _bundles.TryGet(bundle, out var entry)
        ? _bundles.ByUuid.Find(new UuidKey(entry.Built.Uuid)).Where(other => other != entry && IsHeldAt(other, relay)).MaxBy(static other => other.Built.Sequence)?.Key
        : null;

    /// <inheritdoc/>
    public UuidStanding? UuidAt(string relay, string uuid)
    {
        BundleEntry? last = null;
        foreach (var bundle in _bundles.ByUuid.Find(new UuidKey(uuid)))
        {
            if (bundle.Find(relay, RelayCommandKind.SendBundle) is { LastStarted: > 0 } && (last is null || bundle.Built.Sequence >= last.Built.Sequence))
            {
                last = bundle;
            }
        }

        return last is null ? null : new UuidStanding(last.Key, last.Built.Sequence);
    }

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        _touched.Clear();
        _lastLanded.Clear();
        _facts.Apply(fact);
        if (_facts.HasBegun)
        {
            Follow(fact, changes);
            Decide(fact.Record.Seq, pool, changes, derived);
        }
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        _facts.Save(writer);
        _bundles.Save(writer);
        _window.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(ref CheckpointReader reader)
    {
        _facts.Restore(ref reader);
        _bundles.Restore(ref reader, _facts.Totals.LastOrdinal);
        _window.Restore(ref reader);
    }

    /// <inheritdoc/>
    public void AssertInvariants()
    {
        Invariant.That(_bundles.Count <= _bounds.Bundles && _window.Count <= _bounds.Blocks, "INV-160", "no more bundles and blocks are held than the bounds say");
        var open = _bundles.All().Where(static bundle => bundle.IsOpen).OrderBy(static bundle => bundle.Built.Target).ThenBy(static bundle => bundle.Key);
        Invariant.That(_bundles.Open().SequenceEqual(open) && _bundles.OpenCount == _bundles.Open().Count(), "INV-161", "the open bundles are those without a verdict that holds");
        Invariant.That(_bundles.All().All(HasRisingEvidence), "INV-162", "the records that a verdict rests on rise");
        Invariant.That(_bundles.All().All(_bundles.IsFound), "INV-165", "every bundle is found by each of its opportunities and by its UUID");
    }

    private void Follow(in Fact fact, FactChanges changes)
    {
        foreach (var undone in changes.BlocksUndone)
        {
            _chain.Undo(undone, fact.Record.Seq);
            Reopen(undone.Number);
        }

        if (fact.Kind == LogEvent.FinalityViolated.KindNumber)
        {
            Abandon();
        }
        else if (fact.Kind == LogEvent.BlockObserved.KindNumber && !changes.BlocksApplied.IsEmpty)
        {
            _chain.Apply((LogEvent.BlockObserved)fact.Event!, fact.Record.Seq);
        }
        else if (fact.Kind == LogEvent.ReceiptsObserved.KindNumber)
        {
            _chain.Apply(ReceiptsView.Read(fact.Record), fact.Record.Seq);
        }
        else if (fact.Kind == LogEvent.RelayDataObserved.KindNumber)
        {
            Note((LogEvent.RelayDataObserved)fact.Event!, fact.Record.Seq);
        }
    }

    private void Decide(GlobalSeq seq, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        var head = pool.Head?.Number;
        if (!changes.BlocksApplied.IsEmpty)
        {
            while (_bundles.TakeOpen(changes.BlocksApplied[^1].Number) is { } due)
            {
                foreach (var bundle in due)
                {
                    Decide(bundle, head, seq, derived);
                }
            }
        }

        foreach (var bundle in _touched)
        {
            if (bundle.DecidedIn != seq && IsDue(bundle, head))
            {
                Decide(bundle, head, seq, derived);
            }
        }

        if (!changes.BlocksApplied.IsEmpty || !changes.BlocksFinalized.IsEmpty)
        {
            Retire(pool);
        }
    }

    private void Decide(BundleEntry bundle, BlockNumber? head, GlobalSeq seq, DerivedEvents derived)
    {
        bundle.DecidedIn = seq;
        var target = _window.At(bundle.Built.Target);
        var verdict = _judge.Decide(new Case(bundle, target, _bundles));
        bool isNew = bundle.Verdict is not { } before || !IsSame(before, verdict);
        _bundles.Changing(bundle);
        if (isNew)
        {
            if (verdict is { Verdict: BundleVerdict.Landed, Strength: >= EvidenceStrength.Strong } && bundle.Verdict is not { Verdict: BundleVerdict.Landed, Strength: >= EvidenceStrength.Strong })
            {
                _lastLanded.Add(bundle);
            }

            bundle.Verdict = verdict;
            derived.Add(verdict);
        }

        bundle.IsReopened = !IsPassed(bundle, head); // only what left with a block is judged before
        _bundles.Review(bundle);
    }

    /// <summary>A bundle is judged once its target has passed; after the block that had it left, at once. What is older than the blocks that are held is settled.</summary>
    private bool IsDue(BundleEntry bundle, BlockNumber? head)
    {
        if (bundle.IsOpen)
        {
            return bundle.Left is not null || IsPassed(bundle, head);
        }

        return _window.Lowest is { } lowest && bundle.Built.Target >= lowest;
    }

    private static bool IsHeldAt(BundleEntry bundle, string relay) =>
        bundle.Find(relay, RelayCommandKind.SendBundle) is { MayHave: true } && bundle.Find(relay, RelayCommandKind.CancelBundle) is not { LastStarted: > 0 };

    private static bool HasRisingEvidence(BundleEntry bundle) => bundle.Verdict is not { } verdict
        || verdict.Evidence.Zip(verdict.Evidence.Skip(1)).All(static pair => pair.First.Seq < pair.Second.Seq);

    private static bool IsPassed(BundleEntry bundle, BlockNumber? head) => bundle.Built.Target <= head;

    private bool IsToExamine(BundleEntry bundle) =>
        bundle is { IsReopened: false, Verdict: { Verdict: BundleVerdict.Expired, Need: OutcomeNeed.BlockState } }
        && _window.At(bundle.Built.Target) is { } block
        && bundle.Examination?.Block != block.Hash;

    private static bool IsSame(LogEvent.BundleOutcome one, LogEvent.BundleOutcome other) =>
        one.Verdict == other.Verdict
        && one.Strength == other.Strength
        && one.Need == other.Need
        && one.Block == other.Block
        && one.By == other.By
        && one.Index == other.Index
        && one.IsRealisedKnown == other.IsRealisedKnown
        && one.Realised == other.Realised
        && one.Relay == other.Relay;

    private void Reopen(BlockNumber number)
    {
        foreach (var bundle in _bundles.WithTarget(number))
        {
            _bundles.Changing(bundle);
            bundle.IsReopened = bundle.Verdict is not null;
            _bundles.Review(bundle);
        }
    }

    /// <summary>A chain was left beyond finality. What was decided on it leaves with it; what is open begins anew on the next chain, whatever its heights.</summary>
    private void Abandon()
    {
        _window.Clear();
        foreach (var bundle in _bundles.All())
        {
            if (!bundle.IsOpen)
            {
                _bundles.Remove(bundle);
                continue;
            }

            _bundles.Changing(bundle);
            Array.Clear(bundle.Places);
        }
    }

    private void Note(LogEvent.RelayDataObserved observed, GlobalSeq seq)
    {
        if (_window.Find(observed.Number, observed.Block) is { } block && block.RelayDataIn == GlobalSeq.None)
        {
            _window.Changing(block);
            block.RelayDataIn = seq;
            foreach (var bundle in _bundles.WithTarget(block.Key))
            {
                if (bundle.Verdict is { Need: OutcomeNeed.RelayData })
                {
                    _touched.Add(bundle);
                }
            }
        }
    }

    /// <summary>Removes bundles that are final and older than is kept.</summary>
    private void Retire(IMempoolView pool)
    {
        if (pool.Head is not { } head || pool.Final is not { } final)
        {
            return;
        }

        while (_bundles.LowestTarget is { } target && target <= final && target.Value + _bounds.RetentionBlocks < head.Number.Value)
        {
            BundleEntry[] leaving = [.. _bundles.WithTarget(target)];
            foreach (var bundle in leaving)
            {
                _bundles.Remove(bundle);
            }
        }
    }

    private BundleStanding Standing(BundleEntry bundle) => bundle.ToStanding(_window.At(bundle.Built.Target)?.Hash);
}
