using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;

namespace Mempulse.ChainState.Recorded;

/// <summary>The state that a recorded block was built on, as far as the block touched it.</summary>
/// <param name="Block">The block that was built: <see cref="SimBlock.BaseHash"/> names the one before it, whose post-state this is.</param>
/// <param name="State">What was recorded. It must not change any more.</param>
public sealed record RecordedBlock(SimBlock Block, KnownState State);
