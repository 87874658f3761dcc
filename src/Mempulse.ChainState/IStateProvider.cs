using Mempulse.Ethereum.Blocks;
using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>Where simulations get the state of blocks from: a node, or a recording.</summary>
/// <remarks>Safe for any thread.</remarks>
public interface IStateProvider
{
    /// <summary>The header of a block by what a user calls it, held against the hash that it claims.</summary>
    /// <param name="tag">A height in hex, a hash of 32 bytes in hex, "latest", "safe", "finalized" or "earliest".</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StateUnavailableException">Nobody has it, or nobody can be asked.</exception>
    Task<BlockHeader> HeaderAsync(string tag, CancellationToken cancellationToken);

    /// <summary>The state as a block left it.</summary>
    /// <exception cref="StateUnavailableException">Nobody has the block, or nobody can be asked.</exception>
    Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken);
}
