using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Ingest;

/// <summary>When drops of one kind happened.</summary>
/// <param name="First">The time of the first one.</param>
/// <param name="Last">The time of the last one, at or after the first.</param>
internal readonly record struct DropTimes(UnixNanoseconds First, UnixNanoseconds Last)
{
    /// <summary>Nanoseconds from the first drop to the last one.</summary>
    public ulong SpanNanoseconds => (ulong)(Last.Value - First.Value);

    /// <summary>The times of a single drop.</summary>
    public static DropTimes At(UnixNanoseconds time) => new(time, time);

    /// <summary>The times of the drops of an event.</summary>
    /// <param name="drop">The event.</param>
    /// <param name="timestamp">The time of its record.</param>
    public static DropTimes Of(LogEvent.TxIngestDropped drop, UnixNanoseconds timestamp) =>
        new(timestamp, new UnixNanoseconds(timestamp.Value + (long)drop.SpanNanoseconds));

    /// <summary>The times of these drops and of others.</summary>
    public DropTimes With(DropTimes other) => new(
        other.First.Value < First.Value ? other.First : First,
        other.Last.Value > Last.Value ? other.Last : Last);
}
