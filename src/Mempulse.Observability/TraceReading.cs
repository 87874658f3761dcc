namespace Mempulse.Observability;

/// <summary>The export of a chain's traces at one moment.</summary>
/// <param name="LagEvents">Durable events whose spans are not exported.</param>
/// <param name="Open">Traces that are not complete.</param>
public readonly record struct TraceReading(long LagEvents, long Open);
