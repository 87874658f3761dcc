using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Sim.Running;

/// <summary>A completed simulation with its artefacts.</summary>
/// <param name="Result">The result.</param>
/// <param name="Trace">The call trees as JSON; their Keccak-256 is the result's trace digest.</param>
/// <param name="Witness">Everything that the simulation depended on.</param>
public sealed record SimRun(SimResult Result, ReadOnlyMemory<byte> Trace, Witness Witness);
