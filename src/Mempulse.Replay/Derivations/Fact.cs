using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Derivations;

/// <summary>A fact as every derivation receives it: the record and its content, decoded once for all of them.</summary>
/// <remarks>Valid only during the call that receives it.</remarks>
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

    /// <summary>The kind of event.</summary>
    public EventKind Kind => Record.Kind;

    /// <summary>The decoded event; null for a kind that this version does not know.</summary>
    /// <remarks>
    /// Prefer <see cref="Record"/> for sightings and bodies, which are frequent, and for receipts, which are large (<see cref="ReceiptsView"/>): they are
    /// validated in place and become objects only here.
    /// </remarks>
    public LogEvent? Event => _decoder.Of(Record);

    /// <summary>For a decoded body, what the lifecycle keeps of it.</summary>
    internal TxBody Body => _decoder.Body;
}
