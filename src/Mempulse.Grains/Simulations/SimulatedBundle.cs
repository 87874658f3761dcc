using Mempulse.Evm.State;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Running;

namespace Mempulse.Grains.Simulations;

/// <summary>A simulated bundle, ready to be recorded.</summary>
/// <param name="Run">The run and its result.</param>
/// <param name="Fact">The fact for the log.</param>
/// <param name="Witness">The encoded witness.</param>
/// <param name="Codes">The codes that the witness names.</param>
/// <param name="Steps">The steps as JSON lines; null when the policy does not require them.</param>
internal sealed record SimulatedBundle(SimRun Run, LogEvent.SimCompleted Fact, ReadOnlyMemory<byte> Witness, IReadOnlyCollection<ContractCode> Codes, ReadOnlyMemory<byte>? Steps);
