using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.State;

namespace Mempulse.Benchmarks.Evm;

/// <summary>A real block and the state before it.</summary>
/// <param name="Block">The block, its senders recovered.</param>
/// <param name="GasUsed">What its header says.</param>
/// <param name="State">The accounts it saw.</param>
internal sealed record MainnetBlock(ExecutableBlock Block, ulong GasUsed, IStateReader State);
