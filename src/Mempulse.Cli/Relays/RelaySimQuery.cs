using Mempulse.RelaySim;
using Mempulse.RelaySim.Faults;

namespace Mempulse.Cli.Relays;

/// <summary>What the arguments of <c>mempulse relay-sim</c> ask for.</summary>
/// <param name="Plan">The builder.</param>
/// <param name="Faults">The faults of the first requests.</param>
/// <param name="Every">The time between blocks; null if it makes none.</param>
/// <param name="Count">The number of requests after which it ends.</param>
internal sealed record RelaySimQuery(SimulatorPlan Plan, IReadOnlyList<RelayFault> Faults, TimeSpan? Every, int Count);
