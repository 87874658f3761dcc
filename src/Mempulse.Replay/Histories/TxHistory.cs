using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Histories;

/// <summary>Builds a transaction's life, live or settled, from its own records, as the log's key index finds them.</summary>
/// <remarks>Feed the records in ascending order. Memory is bounded: what exceeds a bound is counted, or left out and flagged.</remarks>
/// <param name="hash">The transaction.</param>
public sealed class TxHistory(Hash256 hash)
{
    /// <summary>Maximum number of sources listed.</summary>
    public const int MaxSources = 256;

    /// <summary>Maximum number of steps listed.</summary>
    public const int MaxSteps = 1_024;

    private readonly List<SourceHistory> _sightings = [];
    private readonly List<LifeStep> _steps = [];
    private TxState _state;
    private GlobalSeq _asOf;
    private Address? _sender;
    private NormalizedTx? _body;
    private GlobalSeq _decodedAt;
    private Hash256? _replacedBy;
    private Hash256? _replaces;
    private PoolInclusion? _inclusion;
    private bool _isTruncated;

    /// <summary>Adds the next record that carries the transaction's key.</summary>
    /// <exception cref="Primitives.Encoding.EventDecodeException">The record is malformed.</exception>
    public void Add(in RecordView record)
    {
        _asOf = record.Seq;
        if (record.Kind == LogEvent.TxSeen.KindNumber)
        {
            AddSighting(record);
            return;
        }

        switch (LogEvent.Decode(record))
        {
            case LogEvent.TxDecoded decoded when _body is null:
                _sender = decoded.Sender;
                _body = decoded.Tx;
                _decodedAt = record.Seq;
                _state = _state == TxState.Unknown ? TxState.Seen : _state;
                break;
            case LogEvent.TxStateChanged changed:
                _sender = changed.Sender;
                _replaces = changed.Replaces ?? _replaces;
                _state = changed.To;
                break;
            case LogEvent.TxReplaced replaced:
                _sender = replaced.Sender;
                _replacedBy = replaced.By;
                _inclusion = null;
                _state = TxState.Replaced;
                break;
            case LogEvent.TxIncluded included:
                _sender = included.Sender;
                _inclusion = new PoolInclusion(included.Block, included.Number, included.Index, included.Outcome);
                _replacedBy = null;
                _state = TxState.Included;
                break;
            case LogEvent.TxOutcomeKnown known when _inclusion?.Block == known.Block:
                _inclusion = _inclusion with { Outcome = known.Outcome, IsUnverified = !known.IsVerified };
                break;
            case LogEvent.TxReopened reopened:
                _inclusion = null;
                _state = reopened.To;
                break;
            case LogEvent.TxConfirmed:
                _state = TxState.Confirmed;
                break;
            case LogEvent.TxExpired:
                _state = TxState.Expired;
                break;
            case LogEvent.TxLeft:
                AddLeaving(record);
                break;
            case LogEvent.TxVanished:
                _state = TxState.Left;
                break;
            case LogEvent.TxReturned returned:
                _state = returned.To;
                break;
            case LogEvent.TxIngestDropped or null: // null: a kind of another assembly, which is a step and changes no state
                break;
            default:
                return;
        }

        AddStep(record);
    }

    /// <summary>The life so far; null when no record was added.</summary>
    public TxLife? Build() => _asOf == GlobalSeq.None ? null : new TxLife
    {
        Hash = hash,
        State = _state,
        AsOf = _asOf,
        Sender = _sender,
        Body = _body,
        DecodedAt = _decodedAt,
        Sightings = [.. _sightings],
        Steps = [.. _steps],
        ReplacedBy = _replacedBy,
        Replaces = _replaces,
        Inclusion = _inclusion,
        IsTruncated = _isTruncated,
    };

    private void AddSighting(in RecordView record)
    {
        for (int i = 0; i < _sightings.Count; i++)
        {
            if (_sightings[i].Source == record.Source)
            {
                _sightings[i] = _sightings[i] with { Count = _sightings[i].Count + 1, LeftAt = null };
                return;
            }
        }

        if (_sightings.Count == MaxSources)
        {
            _isTruncated = true;
            return;
        }

        _sightings.Add(new SourceHistory(record.Source, record.Seq, record.Timestamp, 1));
        if (_sightings.Count == 1)
        {
            _state = _state == TxState.Unknown ? TxState.Seen : _state;
            AddStep(record);
        }
    }

    private void AddLeaving(in RecordView record)
    {
        for (int i = 0; i < _sightings.Count; i++)
        {
            if (_sightings[i].Source == record.Source)
            {
                _sightings[i] = _sightings[i] with { LeftAt = record.Timestamp };
            }
        }
    }

    private void AddStep(in RecordView record)
    {
        if (_steps.Count == MaxSteps)
        {
            _isTruncated = true;
            return;
        }

        _steps.Add(new LifeStep(record.Seq, record.Kind, _state, record.Timestamp, record.Cause));
    }
}
