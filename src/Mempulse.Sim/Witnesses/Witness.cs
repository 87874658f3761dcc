using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Witnesses;

/// <summary>All that a simulation depended on: with it, it can be executed again with no node and gives the same result.</summary>
/// <param name="Request">What was simulated.</param>
/// <param name="State">What it read.</param>
/// <param name="Trust">How far that can be trusted.</param>
public sealed record Witness(SimRequest Request, KnownState State, StateTrust Trust)
{
    /// <summary>Why there was nothing to execute: a <see cref="SimOutcome.StateMismatch"/>, state that was not proven, or too many rounds of fetching. Null when it was executed.</summary>
    /// <remarks>What a node said wrongly, or without the proof that was asked for, is not kept, so this is told again and not found out again.</remarks>
    public SimOutcome? Unmade { get; init; }
}
