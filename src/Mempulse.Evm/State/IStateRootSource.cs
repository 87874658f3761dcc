using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>Computes state roots within a block, which receipts contain before Byzantium (EIP-658).</summary>
public interface IStateRootSource
{
    /// <summary>Computes the state root of the current <paramref name="state"/>; false when a required part of the trie is missing.</summary>
    bool TryComputeRoot(WorldState state, out Hash256 root);
}
