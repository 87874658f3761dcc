using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Wire;
using Mempulse.Observability;

namespace Mempulse.Devp2p.Sessions;

/// <summary>The dependencies and state shared by all sessions of a node.</summary>
internal sealed class SessionContext
{
    public required NodeKey Key { get; init; }

    public required string ClientName { get; init; }

    public required ChainForks Forks { get; init; }

    public required SessionOptions Options { get; init; }

    public required NetworkMeter Meter { get; init; }

    public required MemoryBudget Memory { get; init; }

    public required IPoolContent Pool { get; init; }

    public required IPeerListener Listener { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The offered versions of eth.</summary>
    public required IReadOnlyList<ulong> EthVersions { get; init; }

    /// <summary>The newest block; replaced by <see cref="P2pRuntime.UpdateHead"/>.</summary>
    public required ChainHead Head { get; set; }

    /// <summary>The listen port; 0 when this node does not listen.</summary>
    public int ListenPort { get; set; }
}
