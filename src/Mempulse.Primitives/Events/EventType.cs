using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

/// <summary>Reads an event: keys from the record's header, fields from its payload.</summary>
public delegate LogEvent EventReader(in RecordView record, ref PayloadReader fields);

/// <summary>A kind of event as the catalog lists it: its number in the log, its name in text, and how it is read.</summary>
public sealed class EventType
{
    /// <summary>The largest number a kind may have.</summary>
    public const int MaxNumber = 1_023;

    /// <summary>A kind.</summary>
    /// <exception cref="ArgumentException">The number is out of range or the name is empty.</exception>
    public EventType(EventKind kind, string name, EventReader read)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (kind is <= EventKind.None or > (EventKind)MaxNumber)
        {
            throw new ArgumentException($"'{(int)kind}' is not a valid number of an event kind: expected 1 to {MaxNumber}.", nameof(kind));
        }

        Kind = kind;
        Name = name;
        Read = read;
    }

    /// <summary>Its number in the record header.</summary>
    public EventKind Kind { get; }

    /// <summary>Its name in JSON, commands and divergences.</summary>
    public string Name { get; }

    /// <summary>Reads an event of this kind.</summary>
    internal EventReader Read { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
