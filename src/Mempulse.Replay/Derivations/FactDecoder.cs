using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Replay.Derivations;

/// <summary>Decodes the fact being applied when the first derivation asks for it, and keeps it for the next ones.</summary>
internal sealed class FactDecoder
{
    private LogEvent? _event;
    private bool _isDecoded;

    /// <summary>Another fact is being applied.</summary>
    public void Begin()
    {
        _event = null;
        _isDecoded = false;
    }

    public LogEvent? Of(in RecordView record)
    {
        if (!_isDecoded)
        {
            _event = LogEvent.Decode(record);
            _isDecoded = true;
        }

        return _event;
    }
}
