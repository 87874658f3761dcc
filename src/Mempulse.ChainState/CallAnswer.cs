using Mempulse.Sim.Outcomes;

namespace Mempulse.ChainState;

/// <summary>What a contract answered.</summary>
/// <param name="IsSuccess">False if it reverted, or the call could not be made.</param>
/// <param name="Output">What it returned; empty unless it succeeded.</param>
/// <param name="Failure">Why the call could not be made: state missing, or refuted by the state root; null if it was.</param>
public readonly record struct CallAnswer(bool IsSuccess, ReadOnlyMemory<byte> Output, SimOutcome? Failure);
