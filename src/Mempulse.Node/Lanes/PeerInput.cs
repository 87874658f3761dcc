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
using Mempulse.Net.Blocks;
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
    private readonly ulong? _headBlock;
    private readonly ChainForks _forks;
    private readonly P2pOptions _network;
    private readonly IngestPipelineOptions _pipeline;
    private readonly string _directory;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="NodeUsageException">A setting is not valid.</exception>
    public PeerInput(PeerChain chain, IngestPipelineOptions pipeline, string dataDirectory)
    {
        var settings = chain.Settings;
        _settings = settings;
        _headBlock = chain.HeadBlock;
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

    /// <summary>The options of the network. The lane uses the stored key, and the newest block of the log.</summary>
    internal P2pOptions Network => _network;

    /// <summary>Announces new blocks.</summary>
    public HeadRelay Heads { get; } = new();

    /// <summary>Asks peers for receipts.</summary>
    public PeerReceipts Receipts { get; } = new();

    /// <summary>A one-line description for people.</summary>
    public string Label => $"chain {Chain} from peers, at most {_settings.MaxPeers}";

    /// <summary>The lane.</summary>
    /// <exception cref="NodeUsageException">The file of the node's key is not a key.</exception>
    /// <exception cref="IOException">The listen address cannot be used.</exception>
    public LanePlan ToPlan()
    {
        EnsureFree(_network.Listen, _network.Discovery);
        Directory.CreateDirectory(_directory);
        var stored = _network with { Key = NodeKeyFile.LoadOrCreate(_directory), PeerStorePath = Path.Combine(_directory, StoreFile) };
        return new LanePlan(PeerLaneOptions.DefaultName, Chain, IsSynthetic: false, context =>
        {
            var runtime = new P2pRuntime(stored with { Head = HeadOn(context), Meter = new NetworkMeter(context.Meters, Chain) }, new EmptyPool(), context.Time);
            Heads.ConnectTo(runtime);
            Receipts.ConnectTo(runtime);
            return new PeerLane(new PeerLaneOptions { Chain = Chain, Pipeline = _pipeline, Meters = context.Meters }, context.Decoded, runtime, context.Sink, context.Time);
        });
    }

    /// <summary>The newest block of the log, or else a point beyond every known fork, as of a synced node.</summary>
    internal ChainHead HeadOn(LaneContext context) => context.Resumed.CanonicalBlocks is [.., var newest]
        ? new ChainHead(new ForkPoint(newest.Number.Value, (ulong)context.Time.GetUtcNow().ToUnixTimeSeconds()), newest.Hash, default)
        : StartHead();

    private ChainHead StartHead()
    {
        ulong block = _headBlock ?? (_settings.Genesis is null ? PastKnownForks : _settings.ForkBlocks.DefaultIfEmpty().Max());
        return new ChainHead(new ForkPoint(block, (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()), _forks.Genesis, default);
    }

    /// <summary>Fails before the log is opened rather than in the background. Discovery uses the UDP port with the same number.</summary>
    private static void EnsureFree(IPEndPoint? listen, DiscoveryMode discovery)
    {
        try
        {
            using var probe = listen is null ? null : new TcpListener(listen);
            probe?.Start();
            using var datagrams = listen is not null && discovery == DiscoveryMode.V4 ? new UdpClient(listen) : null;
        }
        catch (SocketException taken)
        {
            throw new IOException($"Cannot listen on {listen} for peers: {taken.Message}. Give another address with --p2p.", taken);
        }
    }

    /// <summary>The forks of a chain that is built in; null for any other.</summary>
    public static ChainForks? BuiltIn(ulong chain) => chain switch
    {
        1 => KnownChains.Mainnet,
        11_155_111 => KnownChains.Sepolia,
        17_000 => KnownChains.Holesky,
        560_048 => KnownChains.Hoodi,
        _ => null,
    };

    /// <summary>The forks of the settings.</summary>
    /// <exception cref="NodeUsageException">The settings are not valid.</exception>
    public static ChainForks ForksOf(PeerSettings settings)
    {
        if (settings.Genesis is null)
        {
            var known = BuiltIn(settings.Chain)
                ?? throw new NodeUsageException($"Cannot connect to peers of chain {settings.Chain}: its genesis is not built in. Give an --rpc of the chain, or the hash of its block 0 with --genesis.");
            bool isChanged = settings.NetworkId is not null || settings.GenesisTime is not null || settings.ForkBlocks.Count + settings.ForkTimes.Count > 0;
            return isChanged
                ? throw new NodeUsageException($"Cannot change the network id or the forks of chain {settings.Chain}: they are built in. Give --genesis for a chain of your own.")
                : known;
        }

        return Hash256.TryParse(settings.Genesis, out var genesis)
            ? new ChainForks(settings.NetworkId ?? settings.Chain, genesis, settings.GenesisTime ?? 0, settings.ForkBlocks, settings.ForkTimes)
            : throw new NodeUsageException($"'{settings.Genesis}' is not a valid block hash: expected 0x and 64 hex digits.");
    }

    private static List<Enode> Nodes(IEnumerable<string> texts) => [.. texts.Select(static text => Enode.TryParse(text, out var node)
        ? node
        : throw new NodeUsageException($"'{text}' is not a valid node: expected enode://KEY@ADDRESS:PORT with an IP address or a host name."))];

    private static List<DnsTreeLink> Trees(IEnumerable<string> texts) => [.. texts.Select(static text => DnsTreeLink.TryParse(text, out var link)
        ? link
        : throw new NodeUsageException($"'{text}' is not a valid DNS tree: expected enrtree://KEY@DOMAIN."))];

    private static IPEndPoint EndPoint(string text) => IPEndPoint.TryParse(text, out var place)
        ? place
        : throw new NodeUsageException($"'{text}' is not a valid address to listen on: expected ADDRESS:PORT, or none to dial only.");
}
