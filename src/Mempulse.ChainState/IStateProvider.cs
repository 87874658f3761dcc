using Mempulse.Ethereum.Blocks;
using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>Provides the state of blocks to simulations.</summary>
/// <remarks>Safe for any thread.</remarks>
public interface IStateProvider
{
    /// <summary>Returns the header of a block by a user's tag, verified against the hash that it claims.</summary>
    /// <param name="tag">A height in hex, a hash of 32 bytes in hex, "latest", "safe", "finalized" or "earliest".</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="StateUnavailableException">The block is unknown, or no node answers.</exception>
    Task<BlockHeader> HeaderAsync(string tag, CancellationToken cancellationToken);

    /// <summary>Returns the state after a block.</summary>
    /// <exception cref="StateUnavailableException">The block is unknown, or no node answers.</exception>
    Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken);
}
