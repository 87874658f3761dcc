namespace Mempulse.Primitives.Records;

/// <summary>The number of an event's kind. A number is never reused and never changes its meaning; a breaking change of a payload is a new kind.</summary>
/// <remarks>
/// It has no names here: each kind states its number beside its fields, so that a new kind is one file, and an <c>EventCatalog</c> has its
/// name. Numbers that are taken and reserved: docs/formats/events.md.
/// </remarks>
public enum EventKind
{
    /// <summary>No kind; never written.</summary>
    None = 0,
}
