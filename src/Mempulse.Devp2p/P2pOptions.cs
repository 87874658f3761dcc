using System.ComponentModel.DataAnnotations;
using System.Net;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.DnsTrees;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;

namespace Mempulse.Devp2p;

/// <summary>What a node on the network is and does.</summary>
public sealed record P2pOptions
{
    /// <summary>One message of the greatest length, packed and unpacked, needs as much.</summary>
    private const long MinMemoryBudgetBytes = 32L << 20;

    /// <summary>The chain whose peers are wanted.</summary>
    public required ChainForks Forks { get; init; }

    /// <summary>The newest block known at the start.</summary>
    public required ChainHead Head { get; init; }

    /// <summary>This node's key.</summary>
    public required NodeKey Key { get; init; }

    /// <summary>Where to listen; null never listens. Port 0 takes a free one. Default: loopback, a free port.</summary>
    public IPEndPoint? Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>How this node calls itself.</summary>
    public string ClientName { get; init; } = "mempulse/0.1.0/dotnet";

    /// <summary>Versions of eth that are offered. Default: 68 and 69.</summary>
    public IReadOnlyList<ulong> EthVersions { get; init; } = [68, 69];

    /// <summary>Nodes that are dialled for ever, beyond all limits.</summary>
    public IReadOnlyList<Enode> StaticPeers { get; init; } = [];

    /// <summary>Nodes that are let in beyond all limits.</summary>
    public IReadOnlyList<Enode> TrustedPeers { get; init; } = [];

    /// <summary>How others are found. Needs <see cref="Listen"/>. Default: not at all.</summary>
    public DiscoveryMode Discovery { get; init; } = DiscoveryMode.Off;

    /// <summary>Nodes that discovery asks first.</summary>
    public IReadOnlyList<Enode> BootNodes { get; init; } = [];

    /// <summary>Trees of node records in DNS (EIP-1459) whose nodes are dialled while there is room. Need <see cref="Resolver"/>.</summary>
    public IReadOnlyList<DnsTreeLink> DnsTrees { get; init; } = [];

    /// <summary>Looks the trees up; null reads none.</summary>
    public ITextResolver? Resolver { get; init; }

    /// <summary>File in which nodes that were peers are kept; null keeps them in memory only.</summary>
    public string? PeerStorePath { get; init; }

    /// <summary>
    /// Bytes that all peers together may make this node hold in frames being read, decompressed messages and messages to be sent. Where it is
    /// used up, reading waits and the peer that holds most is disconnected. Less suits small machines, and lets go of slow peers sooner.
    /// Default 256 MiB: eight of the longest messages, packed and unpacked.
    /// </summary>
    [Range(MinMemoryBudgetBytes, 1L << 40)]
    public long MemoryBudgetBytes { get; init; } = 256L << 20;

    /// <summary>Time-outs and bounds of each connection.</summary>
    public SessionOptions Session { get; init; } = new();

    /// <summary>Number of peers, and whom to dial when.</summary>
    public DialPolicy Dial { get; init; } = new();

    /// <summary>Checks ranges and how the options fit together, those of connections and dialling too.</summary>
    /// <exception cref="ValidationException">One of them does not fit; the message says which.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        Session.Validate();
        Dial.Validate();
        Require(ClientName.Length > 0, $"{nameof(ClientName)} is not empty.");
        Require(EthVersions.Count > 0, "A version of eth must be offered.");
        Require(Discovery == DiscoveryMode.Off || Listen is not null, $"{nameof(Discovery)} needs {nameof(Listen)}: nobody answers a node that has no address.");
        Require(DnsTrees.Count == 0 || Resolver is not null, $"{nameof(DnsTrees)} need {nameof(Resolver)}.");
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new ValidationException(sentence);
        }
    }
}
