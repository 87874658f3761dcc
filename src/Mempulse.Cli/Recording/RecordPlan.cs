using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Mempool;
using Mempulse.Primitives;

namespace Mempulse.Cli.Recording;

/// <summary>What to record.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Endpoints">The nodes.</param>
/// <param name="Limit">Time limit; infinite without one.</param>
/// <param name="Patience">Time without a single observation after which the recording fails.</param>
internal sealed record RecordPlan(ChainId Chain, IReadOnlyList<RpcEndpoint> Endpoints, TimeSpan Limit, TimeSpan Patience)
{
    /// <summary>The lane of pending transactions.</summary>
    public RpcLaneOptions Pending => new() { Chain = Chain, Endpoints = Endpoints };

    /// <summary>The lane of blocks.</summary>
    public BlockFollowerOptions Blocks => new() { Chain = Chain, Endpoints = Endpoints };
}
