using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Describes how the chain left recorded blocks: by a reorg, or beyond finality.</summary>
/// <remarks>Confined to the follower's loop.</remarks>
internal sealed class ChainDeparture(BlockFollowerOptions options, ChainWindow window)
{
    /// <summary>Returns the fact to record.</summary>
    /// <param name="client">The node whose chain it is.</param>
    /// <param name="head">Its head.</param>
    /// <param name="ancestor">The highest block that both chains share; null when it is below every block that is remembered.</param>
    /// <param name="others">The other connected nodes.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="BlockUnusableException">Final blocks would be left that another node still has: this node is on a fork of its own.</exception>
    public async Task<LaneFact> DescribeAsync(
        RpcClient client, HeadNotice head, SeenBlock? ancestor, IReadOnlyList<RpcClient> others, CancellationToken cancellationToken)
    {
        var tip = window.Tip!.Value;
        if (ancestor is { } shared && tip.Number.Value - shared.Number.Value is var depth && depth <= options.ConfirmationDepthBlocks)
        {
            return new LogEvent.ReorgDetected(head.Hash, tip.Hash, shared.Hash, shared.Number, depth);
        }

        foreach (var other in others)
        {
            if (other != client && await HasAsync(other, tip, cancellationToken).ConfigureAwait(false))
            {
                throw new BlockUnusableException(
                    head.Hash, head.Number, DropReason.InvalidProtocol, $"The node replaced final blocks, but another source still has block {tip.Number} {tip.Hash}.");
            }
        }

        string depthText = ancestor is { } found
            ? $"{tip.Number.Value - found.Number.Value} blocks were left; a block is final below {options.ConfirmationDepthBlocks}."
            : $"The new chain shares none of the blocks from {window.Lowest!.Value.Number} to {tip.Number}.";
        return new LogEvent.FinalityViolated(head.Hash, head.Number, tip.Hash, tip.Number, ancestor?.Hash, ancestor?.Number, depthText);
    }

    /// <summary>A node that does not answer contradicts nothing.</summary>
    private static async Task<bool> HasAsync(RpcClient other, SeenBlock tip, CancellationToken cancellationToken)
    {
        try
        {
            return await ChainProof.ReadHashAsync(other, tip.Number, cancellationToken).ConfigureAwait(false) == tip.Hash;
        }
        catch (RpcTransportException)
        {
            return false;
        }
    }
}
