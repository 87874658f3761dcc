namespace Mempulse.Observability;

/// <summary>Simulations of a chain at one moment.</summary>
/// <param name="InFlight">In progress.</param>
/// <param name="Capacity">The maximum in progress; more are refused.</param>
public readonly record struct SimReading(int InFlight, int Capacity);
