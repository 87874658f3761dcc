using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Net.Sources;
using Mempulse.Primitives;

namespace Mempulse.Net.Blocks;

/// <summary>Asks a node which blocks are canonical for it. A block that it returns by hash may be one that it has left.</summary>
internal static class ChainProof
{
    /// <summary>Returns the hash of the node's canonical block at a height; null if it reports none.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public static async Task<Hash256?> ReadHashAsync(RpcClient client, BlockNumber height, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(
            new RpcCall("eth_getBlockByNumber", RpcHex.Quantity(height.Value), false), cancellationToken).ConfigureAwait(false);
        return answers[0].HasResult && RpcBlockReader.TryReadHeader(answers[0].Result, out var header, out var hash, out _) && header.Number == height
            ? hash
            : null;
    }

    /// <summary>Returns true if the node has no block at our head's height, reports the given head, and is not catching up with its network.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public static async Task<bool> HasLeftAsync(RpcClient client, BlockNumber tip, Hash256 head, CancellationToken cancellationToken) =>
        await ReadHashAsync(client, tip, cancellationToken).ConfigureAwait(false) is null
        && await BlockFetcher.ReadHeadAsync(client, cancellationToken).ConfigureAwait(false) is { } now
        && now.Hash == head
        && !await NodeSync.IsSyncingAsync(client, cancellationToken).ConfigureAwait(false);

    /// <summary>Returns the highest of our blocks that the node has too; null if it has none of them.</summary>
    /// <remarks>Being an ancestor is monotonic in height, so a binary search finds it.</remarks>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public static async Task<SeenBlock?> FindAncestorAsync(RpcClient client, IReadOnlyList<SeenBlock> ours, CancellationToken cancellationToken)
    {
        SeenBlock? highest = null;
        int low = 0;
        int high = ours.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (await ReadHashAsync(client, ours[middle].Number, cancellationToken).ConfigureAwait(false) == ours[middle].Hash)
            {
                highest = ours[middle];
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return highest;
    }
}
