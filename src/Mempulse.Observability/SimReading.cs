namespace Mempulse.Observability;

/// <summary>Simulations of a chain at one moment.</summary>
/// <param name="InFlight">Under way.</param>
/// <param name="Capacity">As many as may be; more are refused.</param>
public readonly record struct SimReading(int InFlight, int Capacity);
