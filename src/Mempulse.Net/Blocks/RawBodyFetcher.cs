using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Primitives;

namespace Mempulse.Net.Blocks;

/// <summary>Asks a node for the raw bytes of headers and of transactions in a block, in each way that nodes offer.</summary>
/// <remarks>The answers are not verified here: the block's hash and its roots decide.</remarks>
internal sealed class RawBodyFetcher(int itemsPerCall)
{
    /// <summary>Returns the bytes of the header; null if the node does not return bytes with that hash.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public static async Task<byte[]?> FetchHeaderAsync(RpcClient client, Hash256 block, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(new RpcCall("debug_getRawHeader", block.ToString()), cancellationToken).ConfigureAwait(false);
        return RpcHex.ReadData(answers[0].Result) is { Length: > 0 } raw && Keccak256.Hash(raw) == block ? raw : null;
    }

    /// <summary>Returns the bytes of transactions, by index in the block; those that the node does not return are missing.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public async Task<IReadOnlyDictionary<int, byte[]>> FetchAsync(
        RpcClient client, Hash256 block, IReadOnlyList<(int Index, Hash256 Hash)> wanted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<int, byte[]>();
        Func<(int Index, Hash256 Hash), RpcCall>[] ways =
        [
            static tx => new RpcCall("eth_getRawTransactionByHash", tx.Hash.ToString()),
            tx => new RpcCall("eth_getRawTransactionByBlockHashAndIndex", block.ToString(), RpcHex.Quantity((ulong)tx.Index)),
            static tx => new RpcCall("debug_getRawTransaction", tx.Hash.ToString()),
        ];
        foreach (var way in ways)
        {
            foreach (var part in wanted.Where(tx => !found.ContainsKey(tx.Index)).ToList().Chunk(itemsPerCall))
            {
                using var answers = await client.BatchAsync([.. part.Select(way)], cancellationToken).ConfigureAwait(false);
                for (int i = 0; i < part.Length; i++)
                {
                    if (RpcHex.ReadData(answers[i].Result) is { Length: > 0 } raw)
                    {
                        found[part[i].Index] = raw;
                    }
                }
            }
        }

        return found;
    }
}
