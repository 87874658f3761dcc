namespace Mempulse.Api.Opportunities;

/// <summary>What a simulation of an opportunity gave.</summary>
/// <param name="Id">The simulation; GET /sim/{id} shows it.</param>
/// <param name="Outcome">ok, Invalid, Revert, Halt, StateMissing, StateMismatch or Limit.</param>
/// <param name="Profit">What the exchanges gained before gas, in wei.</param>
/// <param name="GasUsed">Gas of the trigger and of everything after it.</param>
public sealed record OppSimPart(string Id, string Outcome, string Profit, ulong GasUsed);
