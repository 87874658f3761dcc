using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Replay.Derivations;

/// <summary>A fact as every derivation gets it: the record, and what it says, decoded once for all of them.</summary>
/// <remarks>Lives no longer than the call it is handed to.</remarks>
public readonly ref struct Fact
{
    private readonly FactDecoder _decoder;

    internal Fact(RecordView record, FactDecoder decoder)
    {
        Record = record;
        _decoder = decoder;
    }

    /// <summary>The record.</summary>
    public RecordView Record { get; }

    /// <summary>What happened.</summary>
    public EventKind Kind => Record.Kind;

    /// <summary>What the record says; null for a kind this version does not know. Decoded when first asked for: rules for facts that come in millions read the record instead.</summary>
    /// <exception cref="Primitives.Encoding.EventDecodeException">The payload is malformed.</exception>
    public LogEvent? Event => _decoder.Of(Record);
}
