namespace Mempulse.Client.Opportunities;

/// <summary>What a simulation of an opportunity gave.</summary>
/// <param name="Id">The simulation; GET /sim/{id} shows it.</param>
/// <param name="Outcome">ok, Invalid, Revert, Halt, StateMissing, StateMismatch or Limit.</param>
/// <param name="Profit">What the exchanges gained before gas, in wei; for advice, the change of the sender's ether.</param>
/// <param name="GasUsed">Gas of the trigger and of every exchange after it.</param>
/// <param name="Verified">True when every value it read is proven by the base block's state root; false for what a node claims or a capture recorded.</param>
public sealed record OppSimPart(string Id, string Outcome, string Profit, ulong GasUsed, bool Verified);
