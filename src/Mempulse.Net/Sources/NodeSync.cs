using System.Text.Json;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;

namespace Mempulse.Net.Sources;

/// <summary>Asks a node whether it is still synchronising with its network.</summary>
internal static class NodeSync
{
    /// <summary>Returns true if the node reports progress of a synchronisation. A node that does not offer eth_syncing counts as synchronised.</summary>
    /// <exception cref="RpcTransportException">The node does not answer.</exception>
    public static async Task<bool> IsSyncingAsync(RpcClient client, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(new RpcCall("eth_syncing"), cancellationToken).ConfigureAwait(false);
        return answers[0].HasResult && answers[0].Result.ValueKind == JsonValueKind.Object;
    }
}
