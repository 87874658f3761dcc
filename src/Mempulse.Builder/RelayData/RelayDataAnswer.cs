namespace Mempulse.Builder.RelayData;

/// <summary>What one relay answered: all of it, or nothing and why.</summary>
/// <param name="Relay">The relay.</param>
/// <param name="Traces">Its entries in its order; empty if the answer is not believed.</param>
/// <param name="Fault">Why it is not believed.</param>
/// <param name="Reason">The same as a sentence; empty without a fault.</param>
public sealed record RelayDataAnswer(string Relay, IReadOnlyList<BidTrace> Traces, RelayDataFault Fault, string Reason);
