using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;

namespace Mempulse.Grains.Simulations;

/// <summary>A bundle that was simulated.</summary>
/// <param name="Request">What was simulated.</param>
/// <param name="Run">What came of it.</param>
/// <param name="Steps">Its instructions, lines of JSON; null where the policy does not want them.</param>
internal sealed record SimulatedBundle(SimRequest Request, SimRun Run, ReadOnlyMemory<byte>? Steps);
