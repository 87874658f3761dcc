using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;

namespace Mempulse.Cli.Replays;

/// <summary>Which transactions stand elsewhere after a stretch of the log than before it.</summary>
/// <remarks>
/// What a transaction's state was before is learnt the first time the stretch touches it: from the state itself before a
/// fact of its own, and from the first derived event where a block or another transaction moved it. Bounded by
/// <see cref="MaxTouched"/>.
/// </remarks>
internal sealed class StateDiff
{
    /// <summary>Most transactions that are followed; the ones touched first.</summary>
    public const int MaxTouched = 2_000_000;

    private const int DrainEvents = 4_096;

    private readonly ReplayEngine _engine;
    private readonly Dictionary<Hash256, TxState> _before = [];
    private readonly EventBatch _derived = new(DerivedEvents.Lane);

    public StateDiff(ReplayEngine engine)
    {
        _engine = engine;
        Drain(static (in _) => { });
    }

    /// <summary>True when the stretch touched more transactions than are followed.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Before a record of the stretch is applied.</summary>
    public void Before(in RecordView record)
    {
        if (!record.IsDerived && record.TryGetKey(KeyKind.Tx, out var key))
        {
            Note(key.Value, _engine.Pool.StateOf(key.Value));
        }
    }

    /// <summary>After a record of the stretch was applied.</summary>
    public void After() => Drain(NoteFrom);

    /// <summary>Every followed transaction that stands elsewhere now, in order of its hash.</summary>
    public IReadOnlyList<(Hash256 Hash, TxState From, TxState To)> Changes() =>
    [
        .. _before
            .Select(touched => (touched.Key, From: touched.Value, To: _engine.Pool.StateOf(touched.Key)))
            .Where(change => change.From != change.To)
            .OrderBy(change => change.Key),
    ];

    private void Drain(OfflineReplay.RecordVisitor visit)
    {
        while (_engine.DrainDerived(_derived, DrainEvents) > 0)
        {
            var records = new RecordEnumerator(GlobalSeq.None.Next, _derived.Records.Span);
            while (records.MoveNext())
            {
                visit(records.Current);
            }

            _derived.Clear();
        }
    }

    private void NoteFrom(in RecordView record)
    {
        switch (LogEvent.Decode(record))
        {
            case LogEvent.TxStateChanged changed:
                Note(changed.Hash, changed.From);
                break;
            case LogEvent.TxReplaced replaced:
                Note(replaced.Hash, replaced.From);
                break;
            case LogEvent.TxIncluded included:
                Note(included.Hash, included.From);
                break;
            case LogEvent.TxReopened reopened:
                Note(reopened.Hash, TxState.Included);
                break;
            case LogEvent.TxConfirmed confirmed:
                Note(confirmed.Hash, TxState.Included);
                break;
            case LogEvent.TxExpired expired:
                Note(expired.Hash, expired.From);
                break;
            default:
                break;
        }
    }

    private void Note(Hash256 hash, TxState before)
    {
        if (_before.Count < MaxTouched)
        {
            _before.TryAdd(hash, before);
        }
        else
        {
            IsCut |= !_before.ContainsKey(hash);
        }
    }
}
