namespace Mempulse.Primitives.Events;

/// <summary>A fact that a lane reports unchanged: a block, a reorg, a source that connected or was lost, an ingest drop.</summary>
/// <remarks>
/// Sightings and bodies are not among them. A lane posts the hash or the raw bytes, and the pipeline makes the event: <see cref="LogEvent.TxSeen"/>
/// with its number, <see cref="LogEvent.TxDecoded"/> once the transaction is verified. Derived and housekeeping events come from no lane.
/// </remarks>
public abstract record LaneFact : LogEvent;
