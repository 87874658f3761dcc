using System.ComponentModel.DataAnnotations;
using System.Net;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.DnsTrees;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Devp2p;

/// <summary>Options of a node on the peer-to-peer network.</summary>
public sealed record P2pOptions
{
    /// <summary>Enough for one message of maximum length, compressed and decompressed.</summary>
    private const long MinMemoryBudgetBytes = 32L << 20;

    /// <summary>The chain to peer on.</summary>
    public required ChainForks Forks { get; init; }

    /// <summary>The newest block known at start.</summary>
    public required ChainHead Head { get; init; }

    /// <summary>This node's private key.</summary>
    public required NodeKey Key { get; init; }

    /// <summary>The listen endpoint; null disables listening, port 0 binds a free port. Default: loopback, free port.</summary>
    public IPEndPoint? Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The client name in the hello message. Default "mempulse/0.1.0/dotnet".</summary>
    public string ClientName { get; init; } = "mempulse/0.1.0/dotnet";

    /// <summary>The versions of eth to offer. Default: 68 and 69.</summary>
    public IReadOnlyList<ulong> EthVersions { get; init; } = [68, 69];

    /// <summary>Nodes that are always redialled, and exempt from the peer limits.</summary>
    public IReadOnlyList<Enode> StaticPeers { get; init; } = [];

    /// <summary>Nodes that are admitted beyond the peer limits but not dialled.</summary>
    public IReadOnlyList<Enode> TrustedPeers { get; init; } = [];

    /// <summary>How other nodes are discovered; requires <see cref="Listen"/>. Default: off.</summary>
    public DiscoveryMode Discovery { get; init; } = DiscoveryMode.Off;

    /// <summary>Nodes that discovery starts from.</summary>
    public IReadOnlyList<Enode> BootNodes { get; init; } = [];

    /// <summary>DNS trees of node records (EIP-1459) whose nodes are dialled while there is room; require <see cref="Resolver"/>.</summary>
    public IReadOnlyList<DnsTreeLink> DnsTrees { get; init; } = [];

    /// <summary>Resolves the DNS trees; null to use no trees.</summary>
    public ITextResolver? Resolver { get; init; }

    /// <summary>Resolves host names of nodes. Default: the system's resolver.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> LookUpHost { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>The file that stores former peers across restarts; null keeps them in memory only.</summary>
    public string? PeerStorePath { get; init; }

    /// <summary>
    /// Memory limit in bytes over all peers, for frames being read, decompressed messages and messages waiting to be sent. At the limit, reading waits
    /// and the peer that holds most is disconnected. A lower limit suits small machines but disconnects slow peers sooner.
    /// Default 256 MiB: eight messages of maximum length, compressed and decompressed.
    /// </summary>
    [Range(MinMemoryBudgetBytes, 1L << 40)]
    public long MemoryBudgetBytes { get; init; } = 256L << 20;

    /// <summary>Timeouts and limits of each connection.</summary>
    public SessionOptions Session { get; init; } = new();

    /// <summary>Peer limits and dial back-off.</summary>
    public DialPolicy Dial { get; init; } = new();

    /// <summary>The instruments. Default: those of the process, labelled with mainnet; a host passes its own.</summary>
    public NetworkMeter Meter { get; init; } = new(UnhostedMeters.Shared, new ChainId(1));

    /// <summary>Checks each range and the relations between options, including <see cref="Session"/> and <see cref="Dial"/>.</summary>
    /// <exception cref="ValidationException">An option is invalid; the message names it.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        Session.Validate();
        Dial.Validate();
        Require(ClientName.Length > 0, $"'' is not a valid {nameof(ClientName)}: expected at least one character.");
        Require(EthVersions.Count > 0, $"An empty list is not a valid {nameof(EthVersions)}: expected at least one version of eth.");
        Require(Discovery == DiscoveryMode.Off || Listen is not null, $"Cannot enable {nameof(Discovery)}: the node does not listen. Set {nameof(Listen)}.");
        Require(DnsTrees.Count == 0 || Resolver is not null, $"Cannot read {nameof(DnsTrees)}: there is no DNS resolver. Set {nameof(Resolver)}.");
    }

    private static void Require(bool isValid, string message)
    {
        if (!isValid)
        {
            throw new ValidationException(message);
        }
    }
}
