using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Sources;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Transactions;

/// <summary>Reads a transaction's story out of its records: what the log says, in the log's order.</summary>
internal sealed class TxStory(Hash256 hash)
{
    private readonly List<SourceSightings> _sightings = [];
    private readonly List<LifecycleStep> _steps = [];
    private TxBody? _body;
    private TxState _state;
    private Inclusion? _inclusion;
    private Hash256? _replacedBy;
    private Hash256? _replaces;

    /// <summary>Takes in the next record.</summary>
    public void Add(SequencedRecord record)
    {
        var view = record.View;
        switch (LogEvent.Decode(view))
        {
            case LogEvent.TxSeen:
                AddSighting(view.Source, view.Seq, view.Timestamp);
                _state = _state == TxState.Unknown ? TxState.Seen : _state;
                return;
            case LogEvent.TxDecoded decoded:
                _body ??= Body(decoded, view.Seq);
                break;
            case LogEvent.TxStateChanged changed:
                _state = changed.To;
                _replaces = changed.Replaces ?? _replaces;
                break;
            case LogEvent.TxReplaced replaced:
                _state = TxState.Replaced;
                _replacedBy = replaced.By;
                break;
            case LogEvent.TxIncluded included:
                _state = TxState.Included;
                _inclusion = new Inclusion(included.Block, included.Number, included.Index, included.Succeeded);
                break;
            case LogEvent.TxReopened reopened:
                _state = reopened.To;
                _inclusion = null;
                break;
            case LogEvent.TxConfirmed:
                _state = TxState.Confirmed;
                break;
            case LogEvent.TxExpired:
                _state = TxState.Expired;
                break;
            case LogEvent.TxIngestDropped:
                break; // says what ingest did, never where the transaction stands
            default:
                return;
        }

        _steps.Add(new LifecycleStep(view.Seq, view.Kind, _state, view.Timestamp, view.Cause));
    }

    /// <summary>The story so far. Where the fold knows the transaction, its word on the state holds: it may be ahead of its own records.</summary>
    public TxView ToView(FoldedTx folded, GlobalSeq asOf, bool isTruncated) => new()
    {
        Hash = hash,
        State = folded.State == TxState.Unknown ? _state : folded.State,
        AsOf = folded.State == TxState.Unknown ? asOf : folded.AsOf,
        Body = _body,
        Sightings = [.. _sightings.Select(sighting => sighting with { Name = NameOf(sighting.Source, folded.Sources) })],
        Lifecycle = _steps,
        ReplacedBy = folded.ReplacedBy ?? _replacedBy,
        Replaces = folded.Replaces ?? _replaces,
        Inclusion = _inclusion,
        IsSynthetic = _sightings.Exists(sighting => folded.Sources.Any(source => source.Id == sighting.Source && source.IsSynthetic)),
        IsTruncated = isTruncated,
        Spread = folded.Spread,
    };

    private static string NameOf(SourceId source, IReadOnlyList<PoolSourceStatus> sources) =>
        sources.FirstOrDefault(known => known.Id == source)?.Name ?? string.Empty;

    private static TxBody Body(LogEvent.TxDecoded decoded, GlobalSeq seq) => new()
    {
        Sender = decoded.Sender,
        Nonce = decoded.Tx.Nonce,
        Type = decoded.Tx.Type,
        Recipient = decoded.Tx.Recipient,
        Value = decoded.Tx.Value,
        GasLimit = decoded.Tx.GasLimit,
        MaxFeePerGas = decoded.Tx.MaxFeePerGas,
        MaxPriorityFeePerGas = decoded.Tx.MaxPriorityFeePerGas,
        MaxFeePerBlobGas = decoded.Tx.MaxFeePerBlobGas,
        BlobCount = decoded.Tx.BlobCount,
        InputLength = decoded.Tx.InputLength,
        Selector = decoded.Tx.Selector,
        DecodedAt = seq,
    };

    private void AddSighting(SourceId source, GlobalSeq seq, UnixNanoseconds time)
    {
        int index = _sightings.FindIndex(sighting => sighting.Source == source);
        if (index < 0)
        {
            _sightings.Add(new SourceSightings(source, string.Empty, seq, time, 1));
        }
        else
        {
            _sightings[index] = _sightings[index] with { Count = _sightings[index].Count + 1 };
        }
    }
}
