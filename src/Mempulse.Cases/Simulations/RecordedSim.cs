using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Cases.Simulations;

/// <summary>A simulation as it was recorded: its fact, and everything that it depended on.</summary>
/// <param name="Seq">Position of its fact.</param>
/// <param name="Fact">Its fact in the log.</param>
/// <param name="Witness">Everything it depended on.</param>
public sealed record RecordedSim(GlobalSeq Seq, LogEvent.SimCompleted Fact, Witness Witness);
