using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Sim.Running;

/// <summary>A simulation that was made, with what is kept of it.</summary>
/// <param name="Result">What it tells.</param>
/// <param name="Trace">The call trees, as JSON; their Keccak-256 is the result's trace digest.</param>
/// <param name="Witness">What it depended on.</param>
public sealed record SimRun(SimResult Result, ReadOnlyMemory<byte> Trace, Witness Witness);
