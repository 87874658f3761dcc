using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>Computes the root of the state in the middle of a block: receipts hold it before Byzantium (EIP-658).</summary>
public interface IStateRootSource
{
    /// <summary>The root of the state as <paramref name="state"/> has it now; false when a part of the trie that this takes is not known.</summary>
    bool TryComputeRoot(WorldState state, out Hash256 root);
}
