using System.Net;
using System.Net.Sockets;
using Mempulse.Devp2p;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.DnsTrees;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Grains.Ingest;
using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Node.Options;
using Mempulse.Primitives;

namespace Mempulse.Node.Lanes;

/// <summary>Input from the peer-to-peer network: one lane, whose status follows the blocks of its chain where another lane brings them.</summary>
internal sealed class PeerInput
{
    private const string StoreFile = "peers";

    /// <summary>Past every fork by block of the chains that are known here; later ones go by time.</summary>
    private const ulong PastKnownForks = 20_000_000;

    private readonly PeerSettings _settings;
    private readonly ChainForks _forks;
    private readonly P2pOptions _network;
    private readonly IngestPipelineOptions _pipeline;
    private readonly string _directory;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="NodeUsageException">One of them makes no sense.</exception>
    public PeerInput(PeerSettings settings, IngestPipelineOptions pipeline, string dataDirectory)
    {
        _settings = settings;
        _pipeline = pipeline;
        _directory = Path.Combine(dataDirectory, "p2p");
        Chain = new ChainId(settings.Chain);
        _forks = ForksOf(settings);
        var bootNodes = Nodes(settings.BootNodes);
        var listen = settings.Listen is { Length: > 0 } place ? EndPoint(place) : null;
        if (listen is null && bootNodes.Count > 0)
        {
            throw new NodeUsageException("Searching for peers needs an address to listen at.");
        }

        _network = new P2pOptions
        {
            Forks = _forks,
            Head = StartHead(),
            Key = NodeKey.Create(), // for the check only: the lane has the stored one
            Listen = listen,
            StaticPeers = Nodes(settings.Peers),
            TrustedPeers = Nodes(settings.TrustedPeers),
            BootNodes = bootNodes,
            DnsTrees = Trees(settings.DnsTrees),
            Resolver = settings.DnsTrees.Count > 0 ? new DnsTextResolver(DnsServers.Find(settings.DnsServer), TimeProvider.System) : null,
            Discovery = bootNodes.Count > 0 ? DiscoveryMode.V4 : DiscoveryMode.Off,
            Dial = new DialPolicy { MaxPeers = settings.MaxPeers, MaxInbound = Math.Max(1, settings.MaxPeers * 3 / 5) },
        };
    }

    /// <summary>The chain.</summary>
    public ChainId Chain { get; }

    /// <summary>Where new blocks are told.</summary>
    public HeadRelay Heads { get; } = new();

    /// <summary>What it is, in a sentence for people.</summary>
    public string Label => $"chain {Chain} from peers, at most {_settings.MaxPeers}";

    /// <summary>The lane.</summary>
    /// <exception cref="NodeUsageException">The address to listen at is taken, or the node's key cannot be read.</exception>
    public LanePlan ToPlan()
    {
        EnsureFree(_network.Listen);
        Directory.CreateDirectory(_directory);
        var stored = _network with { Key = NodeKeyFile.LoadOrCreate(_directory), PeerStorePath = Path.Combine(_directory, StoreFile) };
        return new LanePlan(PeerLaneOptions.DefaultName, Chain, IsSynthetic: false, ground =>
        {
            var runtime = new P2pRuntime(stored with { Head = HeadOn(ground) }, new EmptyPool(), ground.Time);
            Heads.ConnectTo(runtime);
            return new PeerLane(new PeerLaneOptions { Chain = Chain, Pipeline = _pipeline }, ground.Decoded, runtime, ground.Sink, ground.Time);
        });
    }

    /// <summary>The newest block of the log, else a point past every fork that is known, as a node in step would be.</summary>
    private ChainHead HeadOn(LaneGround ground) => ground.CanonicalBlocks is [.., var newest]
        ? new ChainHead(new ForkPoint(newest.Number.Value, (ulong)ground.Time.GetUtcNow().ToUnixTimeSeconds()), newest.Hash, default)
        : StartHead();

    private ChainHead StartHead()
    {
        ulong block = _settings.Genesis is null ? PastKnownForks : _settings.ForkBlocks is [.., var last] ? last : 0;
        return new ChainHead(new ForkPoint(block, (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()), _forks.Genesis, default);
    }

    private static void EnsureFree(IPEndPoint? listen)
    {
        try
        {
            using var probe = listen is null ? null : new TcpListener(listen);
            probe?.Start();
        }
        catch (SocketException taken)
        {
            throw new NodeUsageException($"{listen} cannot be listened at: {taken.Message}", taken);
        }
    }

    private static ChainForks ForksOf(PeerSettings settings)
    {
        if (settings.Genesis is null)
        {
            return settings.Chain switch
            {
                1 => KnownChains.Mainnet,
                11_155_111 => KnownChains.Sepolia,
                17_000 => KnownChains.Holesky,
                560_048 => KnownChains.Hoodi,
                _ => throw new NodeUsageException($"Chain {settings.Chain} is not known here: its peers are told by the hash of its block 0 (--genesis)."),
            };
        }

        return Hash256.TryParse(settings.Genesis, out var genesis)
            ? new ChainForks(settings.NetworkId ?? settings.Chain, genesis, settings.GenesisTime, settings.ForkBlocks, settings.ForkTimes)
            : throw new NodeUsageException($"'{settings.Genesis}' is no hash of a block: it is 0x and 64 hex digits.");
    }

    private static List<Enode> Nodes(IEnumerable<string> texts) => [.. texts.Select(static text => Enode.TryParse(text, out var node)
        ? node
        : throw new NodeUsageException($"'{text}' is no node: it is enode://KEY@ADDRESS:PORT with an IP address."))];

    private static List<DnsTreeLink> Trees(IEnumerable<string> texts) => [.. texts.Select(static text => DnsTreeLink.TryParse(text, out var link)
        ? link
        : throw new NodeUsageException($"'{text}' is no tree of nodes: it is enrtree://KEY@DOMAIN."))];

    private static IPEndPoint EndPoint(string text) => IPEndPoint.TryParse(text, out var place)
        ? place
        : throw new NodeUsageException($"'{text}' is no address to listen at: it is ADDRESS:PORT, or none to dial only.");
}
