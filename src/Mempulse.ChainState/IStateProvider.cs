using Mempulse.Ethereum.Blocks;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;

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

    /// <summary>Returns the block on top of another one, for a bundle at its start; the default derives it from that block's header.</summary>
    /// <param name="tag">The block below, as for <see cref="HeaderAsync"/>.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="StateUnavailableException">The block below is unknown, or no node answers.</exception>
    async Task<SimBlock> NextAsync(string tag, ChainId chain, CancellationToken cancellationToken)
    {
        var header = await HeaderAsync(tag, cancellationToken).ConfigureAwait(false);
        return SimBlock.After(header, chain.Value, ForkSchedule.Of(chain).After(header));
    }

    /// <summary>Returns the state after a block.</summary>
    /// <exception cref="StateUnavailableException">The block is unknown, or no node answers.</exception>
    Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken);

    /// <summary>Returns a block with its transactions, verified against its header; the default has none.</summary>
    /// <returns>The block, or why it is not available, in a sentence.</returns>
    Task<(BlockContents? Contents, string Problem)> ContentsAsync(Hash256 block, CancellationToken cancellationToken) =>
        Task.FromResult<(BlockContents?, string)>((null, "The source of state has no transactions of blocks."));

    /// <summary>Asks each node whether it has a transaction; the default has no node to ask.</summary>
    /// <returns>What each node says, in the order of the configuration. Nothing proves it.</returns>
    Task<IReadOnlyList<TxStatement>> AskAsync(Hash256 tx, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<TxStatement>>([]);
}
