using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.State;

namespace Mempulse.Benchmarks.Evm;

/// <summary>A real block and the state before it.</summary>
/// <param name="Block">The block, with its senders.</param>
/// <param name="GasUsed">Gas used according to its header.</param>
/// <param name="State">The accounts it accesses.</param>
internal sealed record MainnetBlock(ExecutableBlock Block, ulong GasUsed, IStateReader State);
