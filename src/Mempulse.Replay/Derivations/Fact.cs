using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Derivations;

/// <summary>A fact as every derivation gets it: the record and its content, decoded once for all of them.</summary>
/// <remarks>Lives no longer than the call it is passed to.</remarks>
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

    /// <summary>The decoded event; null for a kind that this version does not know.</summary>
    /// <remarks>Sightings and bodies come by the million: they were checked in place and become objects only here, so prefer <see cref="Record"/> for them.</remarks>
    public LogEvent? Event => _decoder.Of(Record);

    /// <summary>What the lifecycle keeps of a decoded body, where the fact is one.</summary>
    internal TxBody Body => _decoder.Body;
}
