using System.ComponentModel.DataAnnotations;

namespace Mempulse.Node.Options;

/// <summary>Settings of the peer-to-peer network: the section Mempulse:P2p, and --p2p with its options.</summary>
internal sealed record PeerSettings
{
    /// <summary>Default of <see cref="MaxPeers"/>.</summary>
    public const int DefaultMaxPeers = 50;

    /// <summary>Upper bound of <see cref="MaxPeers"/>.</summary>
    public const int MostPeers = 10_000;

    /// <summary>ADDRESS:PORT to listen on; null only dials. Default: loopback, a free port.</summary>
    public string? Listen { get; init; } = "127.0.0.1:0";

    /// <summary>The chain of the peers. Default: mainnet.</summary>
    [Range(typeof(ulong), "1", "9223372036854775807")]
    public ulong Chain { get; init; } = 1;

    /// <summary>Peers to stay connected to: enode://KEY@ADDRESS:PORT, where ADDRESS may be a host name.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>Peers admitted beyond all limits.</summary>
    public IReadOnlyList<string> TrustedPeers { get; init; } = [];

    /// <summary>Nodes that discovery (discv4) starts from; empty turns discovery off.</summary>
    public IReadOnlyList<string> BootNodes { get; init; } = [];

    /// <summary>DNS trees of nodes: enrtree://KEY@DOMAIN.</summary>
    public IReadOnlyList<string> DnsTrees { get; init; } = [];

    /// <summary>The DNS server for the trees, ADDRESS or ADDRESS:PORT; the first of /etc/resolv.conf when absent.</summary>
    public string? DnsServer { get; init; }

    /// <summary>The maximum number of peers. More peers mean earlier sightings and more bandwidth. Default 50.</summary>
    [Range(1, MostPeers)]
    public int MaxPeers { get; init; } = DefaultMaxPeers;

    /// <summary>Network id of a chain that is not built in; the chain id when absent.</summary>
    [Range(typeof(ulong), "1", "9223372036854775807")]
    public ulong? NetworkId { get; init; }

    /// <summary>Hash of block 0 of a chain that is not built in; read from a node of the chain when absent.</summary>
    public string? Genesis { get; init; }

    /// <summary>Time of that block, Unix seconds; 0 when absent. A fork by time at or before it is part of block 0.</summary>
    [Range(typeof(ulong), "0", "9223372036854775807")]
    public ulong? GenesisTime { get; init; }

    /// <summary>Forks of that chain by block number.</summary>
    public IReadOnlyList<ulong> ForkBlocks { get; init; } = [];

    /// <summary>Forks of that chain by time, in Unix seconds.</summary>
    public IReadOnlyList<ulong> ForkTimes { get; init; } = [];
}
