using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

/// <summary>An event in the log: one sealed record type for each <see cref="EventType"/>.</summary>
/// <remarks>
/// <para>A kind is one file: its number, its keys, its fields and how they are read. The kinds of this assembly are nested here and listed in
/// <see cref="EventCatalog.Core"/>; another assembly derives its own and adds them to the catalog of its composition (docs/decisions/0007).</para>
/// <para>Keys are in the record header and are not repeated among the fields. Fields and defaults: docs/formats/events.md.</para>
/// </remarks>
public abstract partial record LogEvent : IFieldGroup
{
    /// <summary>Which kind this is.</summary>
    public abstract EventKind Kind { get; }

    /// <summary>The keys by which the event can be looked up.</summary>
    public abstract EventKeys Keys { get; }

    /// <inheritdoc/>
    public abstract void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct;

    /// <summary>Decodes a record of a kind of this assembly.</summary>
    /// <returns>The event, or null for any other kind.</returns>
    /// <exception cref="EventDecodeException">The record is malformed.</exception>
    public static LogEvent? Decode(in RecordView record) => EventCatalog.Core.Decode(record);
}
