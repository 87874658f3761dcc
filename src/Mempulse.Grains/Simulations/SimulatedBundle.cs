using Mempulse.Primitives.Events;
using Mempulse.Sim.Running;

namespace Mempulse.Grains.Simulations;

/// <summary>A bundle that was simulated, ready to be put on record.</summary>
/// <param name="Run">What came of it.</param>
/// <param name="Fact">The same as the log keeps it.</param>
/// <param name="Witness">What it depended on, encoded.</param>
/// <param name="Steps">Its instructions, lines of JSON; null where the policy does not want them.</param>
internal sealed record SimulatedBundle(SimRun Run, LogEvent.SimCompleted Fact, ReadOnlyMemory<byte> Witness, ReadOnlyMemory<byte>? Steps);
