using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Audits;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Diffs;
using Mempulse.Replay.Lifecycle;
using Mempulse.Replay.Observations;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Simulations;
using Mempulse.Replay.Views;

namespace Mempulse.Replay;

/// <summary>
/// The deterministic fold of one chain's log: facts change the state and determine which derived events follow; derived events
/// found in the log are compared with those. Live and offline use this same composition.
/// </summary>
/// <remarks>
/// <para>Confined to one thread at a time; no IO, clock or tasks. How it works: src/Mempulse.Replay/README.md.</para>
/// <para>A live owner appends what <see cref="DrainDerived"/> returns and confirms it. A replay does not drain the expected events;
/// beyond <see cref="MaxExpected"/> the engine drops the oldest.</para>
/// </remarks>
public sealed partial class ReplayEngine
{
    /// <summary>Number of derived events not known to be in the log at which a live owner must append before it applies more.</summary>
    public const int BackPressureExpected = 65_536;

    /// <summary>Maximum number of expected derived events; beyond it the oldest is dropped: counted, and not compared.</summary>
    public const int MaxExpected = 1_048_576;

    /// <summary>Size at which a drained batch is full.</summary>
    public const int MaxDrainBytes = 256 * 1024;

    private readonly FactChanges _changes = new();
    private readonly MempoolFold _lifecycle;
    private readonly ObservationFold _observations;
    private readonly AuditFold _audits;
    private readonly IDerivation[] _derivations;
    private readonly FactDecoder _decoder;
    private readonly ExpectedRecords _expected = new();
    private readonly DerivedEvents _derived;
    private readonly DerivedCheck _check;

    private ReplayEngine(ChainId chain, EventCatalog events, IReadOnlyList<IDerivation> further)
        : this(chain, events, further, PoolBounds.Default, SimBases.MaxSims)
    {
    }

    private ReplayEngine(ChainId chain, EventCatalog events, IReadOnlyList<IDerivation> further, PoolBounds bounds, int maxSims)
    {
        Chain = chain;
        _lifecycle = new MempoolFold(chain, _changes, bounds);
        _observations = new ObservationFold(_lifecycle.Txs, _lifecycle.Subjects, _lifecycle.Holders);
        _audits = new AuditFold(_lifecycle, _observations.State, _observations.View);
        _derivations = [_lifecycle, new SimBases(maxSims), _observations, _audits, .. further];
        CheckTags(_derivations);
        _derived = new DerivedEvents(_expected);
        _decoder = new FactDecoder(events);
        _check = new DerivedCheck(_expected, events);
        RuleVersion = string.Join('+', Array.ConvertAll(_derivations, static derivation => derivation.RuleVersion));
    }

    /// <summary>The chain whose log this folds.</summary>
    public ChainId Chain { get; }

    /// <summary>Names and versions of all rules.</summary>
    public string RuleVersion { get; }

    /// <summary>The last applied position.</summary>
    public GlobalSeq Applied { get; private set; }

    /// <summary>The time of the last applied record; for display only.</summary>
    public UnixNanoseconds EventTime { get; private set; }

    /// <summary>The folded state.</summary>
    public IMempoolView Pool => _lifecycle.View;

    /// <summary>Which sources announced what and when.</summary>
    public IObservationView Observations => _observations.View;

    /// <summary>The last blocks held against the pool.</summary>
    public IAuditView Audits => _audits;

    /// <summary>The state of a further derivation, for reading between events.</summary>
    /// <typeparam name="TView">The view, which one derivation of this engine implements.</typeparam>
    /// <exception cref="InvalidOperationException">No derivation of this engine has such a view.</exception>
    public TView View<TView>()
        where TView : class => _derivations.OfType<TView>().First();

    /// <summary>The state of a further derivation that not every composition has; null if this engine has none.</summary>
    /// <typeparam name="TView">The view, which at most one derivation of this engine implements.</typeparam>
    public TView? FindView<TView>()
        where TView : class => _derivations.OfType<TView>().SingleOrDefault();

    /// <summary>Derived events that were not found in the log yet and not confirmed as durable.</summary>
    public int ExpectedCount => _expected.Count;

    /// <summary>Of these, the ones not drained yet.</summary>
    public int UndrainedCount => _expected.Count - _expected.HandedOver;

    /// <summary>Derived events dropped at <see cref="MaxExpected"/>; they were never compared.</summary>
    public ulong GivenUp => _expected.GivenUp;

    /// <summary>True when a live owner must append and confirm before it applies more.</summary>
    public bool NeedsDrain => _expected.Count >= BackPressureExpected;

    /// <summary>Total number of differences between the log's derived events and this engine's.</summary>
    public ulong DivergenceCount => _check.Count;

    /// <summary>The first of them, up to a bound.</summary>
    public IReadOnlyList<Divergence> Divergences => _check.Kept;

    /// <summary>An engine before the first record: the lifecycle, the bases of simulations, the observations, the audits, then <paramref name="further"/>.</summary>
    /// <exception cref="ArgumentException">Two derivations claim the same tags.</exception>
    public static ReplayEngine Create(ChainId chain, params IReadOnlyList<IDerivation> further) => new(chain, EventCatalog.Core, further);

    /// <summary>The same, with the event kinds that its derivations add.</summary>
    /// <exception cref="ArgumentException">Two derivations claim the same tags.</exception>
    public static ReplayEngine Create(ChainId chain, EventCatalog events, params IReadOnlyList<IDerivation> further) => new(chain, events, further);

    /// <summary>An engine with other bounds than those of the rules, so that tests reach them within a few facts.</summary>
    internal static ReplayEngine Create(ChainId chain, PoolBounds bounds, int maxSims) => new(chain, EventCatalog.Core, [], bounds, maxSims);

    /// <summary>Digest of the state at <see cref="Applied"/>, a function of the facts so far.</summary>
    /// <remarks>Costs about 0.2 us for each entry that changed since the last call. What it excludes: docs/decisions/0030.</remarks>
    public StateDigest Digest()
    {
        var sum = StateDigest.Empty;
        foreach (var derivation in _derivations)
        {
            sum = sum.Plus(derivation.Ledger.Sum());
        }

        return sum;
    }

    /// <summary>Applies the next record.</summary>
    /// <exception cref="Primitives.Encoding.EventDecodeException">The payload is malformed; nothing was applied.</exception>
    /// <exception cref="InvariantBrokenException">It is not the next record.</exception>
    public void Apply(in RecordView record)
    {
        Invariant.That(record.Seq == Applied.Next, "INV-40", "records are applied in sequence, without a hole that is not stated");
        if (!record.IsDerived)
        {
            Derive(record);
        }
        else if (record.Lane == DerivedEvents.Lane)
        {
            _check.Check(record);
        }

        Applied = record.Seq;
        EventTime = record.Timestamp;
    }

    /// <summary>Applies the records of a batch that follow <see cref="Applied"/>.</summary>
    /// <exception cref="Primitives.Encoding.EventDecodeException">A CRC or payload is bad; the records before it were applied.</exception>
    /// <exception cref="InvariantBrokenException">The batch starts after the next position.</exception>
    public void Apply(SequencedBatch batch)
    {
        Preload(batch);
        foreach (var record in batch)
        {
            if (record.Seq > Applied)
            {
                Apply(record);
            }
        }
    }

    /// <summary>Goes on after records that this engine does not get, as a case file has only those facts on which its subject depends.</summary>
    /// <remarks>From here on the state is not that of the log, and neither is its digest: compare only derived events.</remarks>
    /// <param name="through">The last position without a record, inclusive.</param>
    /// <exception cref="InvariantBrokenException">It is before <see cref="Applied"/>.</exception>
    public void LeaveOut(GlobalSeq through)
    {
        Invariant.That(through >= Applied, "INV-40", "records are applied in sequence, without a hole that is not stated");
        Applied = through;
    }

    /// <summary>Reads the entries that the facts of a batch refer to, so that their cache misses overlap. Changes nothing.</summary>
    internal void Preload(SequencedBatch batch)
    {
        var ahead = batch.LookAhead();
        while (ahead.MoveNext())
        {
            _lifecycle.Preload(ahead.Current);
        }
    }

    /// <summary>Adds the expected events that were not drained yet to a batch of <see cref="DerivedEvents.Lane"/>, oldest first.</summary>
    /// <remarks>Stops at <paramref name="max"/> events or <see cref="MaxDrainBytes"/>. They stay expected until logged or confirmed.</remarks>
    /// <returns>Number of events added.</returns>
    public int DrainDerived(EventBatch into, int max) => _expected.HandOver(into, max, MaxDrainBytes);

    /// <summary>Retires expected events that were appended durably. They are not compared when they arrive from the log.</summary>
    /// <param name="through">Position of the last one in the batch that was appended.</param>
    public void ConfirmDerived(LaneSequence through) => _expected.RetireAppended(through);

    /// <summary>Makes all expected events drainable again, after an append that failed or whose outcome is unknown.</summary>
    public void RewindDerived() => _expected.Rewind();

    /// <summary>The state of every transaction now, for <see cref="StateDiff"/>. Walks all of them.</summary>
    public StateSnapshot Snapshot() => new(Applied, Digest(), Pool.Head, _lifecycle.Txs.Standings());

    /// <summary>Checks every invariant of the state. Walks all of it: for tests and after a restore.</summary>
    /// <exception cref="InvariantBrokenException">An invariant is broken.</exception>
    public void AssertInvariants()
    {
        foreach (var derivation in _derivations)
        {
            derivation.AssertInvariants();
        }

        using var checkpoint = BeginCheckpoint();
        checkpoint.Sort();
        checkpoint.SaveNext(int.MaxValue, new ByteBuffer());
        Invariant.That(checkpoint.Digest == Digest(), "INV-59", "the kept digest is the sum over all entries, and a checkpoint saves every one");
    }

    private static void CheckTags(IDerivation[] derivations)
    {
        for (int i = 0; i < derivations.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (derivations[i].Ledger.Tags.Overlaps(derivations[j].Ledger.Tags))
                {
                    throw new ArgumentException($"{derivations[i].RuleVersion} has tags {derivations[i].Ledger.Tags}, which overlap those of {derivations[j].RuleVersion}.", nameof(derivations));
                }
            }
        }
    }

    private void Derive(in RecordView record)
    {
        _decoder.Begin(record); // a malformed payload throws here, before anything is applied
        _derived.Begin(record);
        _changes.Begin();
        var fact = new Fact(record, _decoder);
        foreach (var derivation in _derivations)
        {
            derivation.Derive(fact, _lifecycle.View, _changes, _derived);
        }

        _expected.GiveUpBeyond(MaxExpected);
    }
}
