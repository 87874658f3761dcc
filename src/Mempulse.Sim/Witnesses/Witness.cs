using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Witnesses;

/// <summary>All that a simulation depended on: with it, it can be executed again with no node and gives the same result.</summary>
/// <param name="Request">What was simulated.</param>
/// <param name="State">What it read.</param>
/// <param name="Trust">How far that can be trusted.</param>
public sealed record Witness(SimRequest Request, KnownState State, StateTrust Trust);
