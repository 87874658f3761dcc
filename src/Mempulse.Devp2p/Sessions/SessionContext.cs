using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Sessions;

/// <summary>What all sessions of a node share.</summary>
internal sealed class SessionContext
{
    public required NodeKey Key { get; init; }

    public required string ClientName { get; init; }

    public required ChainForks Forks { get; init; }

    public required SessionOptions Options { get; init; }

    public required MemoryBudget Memory { get; init; }

    public required IPoolContent Pool { get; init; }

    public required IPeerListener Listener { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Versions of eth that are offered.</summary>
    public required IReadOnlyList<ulong> EthVersions { get; init; }

    /// <summary>The newest block; replaced as the chain grows.</summary>
    public required ChainHead Head { get; set; }

    /// <summary>Port on which this node listens; 0 when it does not.</summary>
    public int ListenPort { get; set; }
}
