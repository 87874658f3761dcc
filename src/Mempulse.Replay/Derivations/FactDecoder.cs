using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Derivations;

/// <summary>Decodes the fact being applied before the first derivation sees it.</summary>
/// <remarks>Sightings, bodies and receipts are validated in place and become objects only on request, which can no longer fail.</remarks>
internal sealed class FactDecoder(EventCatalog catalog)
{
    private LogEvent? _event;
    private bool _isDecoded;

    /// <summary>For a decoded body, what the lifecycle keeps of it.</summary>
    public TxBody Body { get; private set; }

    /// <summary>Decodes the next fact.</summary>
    /// <exception cref="EventDecodeException">The record is malformed.</exception>
    public void Begin(in RecordView record)
    {
        _event = null;
        _isDecoded = false;
        switch (record.Kind)
        {
            case LogEvent.TxSeen.KindNumber:
                EventReading.CheckSeen(record);
                break;
            case LogEvent.TxDecoded.KindNumber:
                Body = TxBody.Of(EventReading.ReadDecoded(record));
                break;
            case LogEvent.ReceiptsObserved.KindNumber:
                ReceiptsView.Read(record);
                break;
            default:
                _event = catalog.Decode(record);
                _isDecoded = true;
                break;
        }
    }

    /// <summary>The event as an object; null for a kind that this version does not know.</summary>
    public LogEvent? Of(in RecordView record)
    {
        if (!_isDecoded)
        {
            _event = catalog.Decode(record);
            _isDecoded = true;
        }

        return _event;
    }
}
