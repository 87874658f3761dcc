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
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Node.Lanes;

/// <summary>Input from the peer-to-peer network: one lane. Its status follows the blocks of the chain if another lane brings them.</summary>
internal sealed class PeerInput
{
    private const string StoreFile = "peers";

    /// <summary>Beyond every fork by block number of the built-in chains; later forks are by time.</summary>
    private const ulong PastKnownForks = 20_000_000;

    private readonly PeerSettings _settings;
    private readonly ChainForks _forks;
    private readonly P2pOptions _network;
    private readonly IngestPipelineOptions _pipeline;
    private readonly string _directory;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="NodeUsageException">A setting is not valid.</exception>
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
            throw new NodeUsageException("Cannot discover peers without listening. Set an address with --p2p.");
        }

        _network = new P2pOptions
        {
            Forks = _forks,
            Head = StartHead(),
            Key = NodeKey.Create(), // only for validation: the lane uses the stored key
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

    /// <summary>Announces new blocks.</summary>
    public HeadRelay Heads { get; } = new();

    /// <summary>A one-line description for people.</summary>
    public string Label => $"chain {Chain} from peers, at most {_settings.MaxPeers}";

    /// <summary>The lane.</summary>
    /// <exception cref="NodeUsageException">The listen address is in use, or the node's key cannot be read.</exception>
    public LanePlan ToPlan()
    {
        EnsureFree(_network.Listen);
        Directory.CreateDirectory(_directory);
        var stored = _network with { Key = NodeKeyFile.LoadOrCreate(_directory), PeerStorePath = Path.Combine(_directory, StoreFile) };
        return new LanePlan(PeerLaneOptions.DefaultName, Chain, IsSynthetic: false, context =>
        {
            var runtime = new P2pRuntime(stored with { Head = HeadOn(context), Meter = new NetworkMeter(context.Meters, Chain) }, new EmptyPool(), context.Time);
            Heads.ConnectTo(runtime);
            return new PeerLane(new PeerLaneOptions { Chain = Chain, Pipeline = _pipeline, Meters = context.Meters }, context.Decoded, runtime, context.Sink, context.Time);
        });
    }

    /// <summary>The newest block of the log, or else a point beyond every known fork, as of a synced node.</summary>
    private ChainHead HeadOn(LaneContext context) => context.CanonicalBlocks is [.., var newest]
        ? new ChainHead(new ForkPoint(newest.Number.Value, (ulong)context.Time.GetUtcNow().ToUnixTimeSeconds()), newest.Hash, default)
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
            throw new NodeUsageException($"Cannot listen on {listen}: {taken.Message}.", taken);
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
                _ => throw new NodeUsageException($"Cannot connect to peers of chain {settings.Chain}: its genesis is not built in. Give the hash of its block 0 with --genesis."),
            };
        }

        return Hash256.TryParse(settings.Genesis, out var genesis)
            ? new ChainForks(settings.NetworkId ?? settings.Chain, genesis, settings.GenesisTime, settings.ForkBlocks, settings.ForkTimes)
            : throw new NodeUsageException($"'{settings.Genesis}' is not a valid block hash: expected 0x and 64 hex digits.");
    }

    private static List<Enode> Nodes(IEnumerable<string> texts) => [.. texts.Select(static text => Enode.TryParse(text, out var node)
        ? node
        : throw new NodeUsageException($"'{text}' is not a valid node: expected enode://KEY@ADDRESS:PORT with an IP address."))];

    private static List<DnsTreeLink> Trees(IEnumerable<string> texts) => [.. texts.Select(static text => DnsTreeLink.TryParse(text, out var link)
        ? link
        : throw new NodeUsageException($"'{text}' is not a valid DNS tree: expected enrtree://KEY@DOMAIN."))];

    private static IPEndPoint EndPoint(string text) => IPEndPoint.TryParse(text, out var place)
        ? place
        : throw new NodeUsageException($"'{text}' is not a valid address to listen on: expected ADDRESS:PORT, or none to dial only.");
}
