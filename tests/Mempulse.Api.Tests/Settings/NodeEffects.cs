using System.Diagnostics.CodeAnalysis;
using System.Net;
using Mempulse.Api.Serving;
using Mempulse.Canon;
using Mempulse.Canon.Format;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Simulations;
using Mempulse.Net.Blocks;
using Mempulse.Net.Mempool;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Mempulse.Api.Tests.Settings;

/// <summary>The options of the node that the node itself translates, each with its effect.</summary>
[SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The doubles hold the value tasks that they answer with, each read once.")]
internal static class NodeEffects
{
    private const string Genesis = "0x1111111111111111111111111111111111111111111111111111111111111111";
    private const string Tree = "enrtree://AM5FCQLWIZX2QFPNJAP7VUERCCRNGRHWZG3YYHIUV7BVDQ5FDPRT2@nodes.example.org";
    private static readonly string _peer = new Enode(NodeKey.Create().Id, IPAddress.Loopback, 9, 9).ToString();
    private static readonly string[] _none = [];
    private static readonly string _hash = new('0', 64);
    private static readonly string[] _key = [$"Mempulse:Api:Keys:0:Sha256={_hash}", "Mempulse:Api:Keys:0:Name=a"];
    private static readonly string[] _rpc = ["--rpc", "ws://127.0.0.1:1"];
    private static readonly string[] _p2p = ["--p2p", "127.0.0.1:0"];
    private static readonly string[] _own = ["--chain", "1337", "--p2p", "none", "--genesis", Genesis];

    public static IReadOnlyList<EffectRow> CommandLine { get; } =
    [
        new("--rpc", _rpc, ["--rpc", "ws://127.0.0.1:2"], node => string.Join(' ', Pending(node).Endpoints.Select(endpoint => endpoint.Shown)), "ws://127.0.0.1:1", "ws://127.0.0.1:1 ws://127.0.0.1:2"),
        new("--state-rpc", ["--chain", "5", "--rpc", "ws://127.0.0.1:1"], ["--state-rpc", "ws://127.0.0.1:2"], node => node.Options.StateSources.Count, 0, 1), // whose calls are made: StateSourceTests
        new("--chain", [], ["--chain", "5", .. _rpc], node => node.Options.Chains.Count == 0 ? 0 : Pending(node).Chain.Value, 0UL, 5UL),
        new("--pending", _rpc, ["--pending", "bodies"], node => Pending(node).Subscription, PendingSubscription.Hashes, PendingSubscription.Bodies),
        new("--reconcile", _rpc, ["--reconcile", "0.5"], node => Pending(node).ReconcileInterval, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(0.5)),
        new("--block-logs", _rpc, ["--block-logs", "none"], node => Blocks(node).Logs, BlockLogs.All, BlockLogs.None),
        new("--p2p", ["--peer", _peer], ["--p2p", "none"], node => node.Network!.Listen?.ToString(), "127.0.0.1:0", null),
        new("--peer", _p2p, ["--peer", _peer], node => string.Join(' ', node.Network!.StaticPeers), string.Empty, _peer),
        new("--bootnode", _p2p, ["--bootnode", _peer], node => (string.Join(' ', node.Network!.BootNodes), node.Network.Discovery), (string.Empty, DiscoveryMode.Off), (_peer, DiscoveryMode.V4)),
        new("--dns-tree", [.. _p2p, "Mempulse:P2p:DnsServer=127.0.0.1:5353"], ["--dns-tree", Tree], node => (node.Network!.DnsTrees.Count, node.Network.Resolver is not null), (0, false), (1, true)),
        new("--max-peers", _p2p, ["--max-peers", "7"], node => (node.Network!.Dial.MaxPeers, node.Network.Dial.MaxInbound), (50, 30), (7, 4)),
        new("--genesis", ["--p2p", "none"], ["--genesis", Genesis], node => node.Network!.Forks.Genesis.ToString(), KnownChains.Mainnet.Genesis.ToString(), Genesis),
        new("--network-id", _own, ["--network-id", "42"], node => node.Network!.Forks.NetworkId, 1337UL, 42UL),
        new("--fork-block", _own, ["--fork-block", "10"], node => At(node, 9, 0) == At(node, 10, 0), true, false),
        new("--fork-time", _own, ["--fork-time", "100"], node => At(node, 0, 99) == At(node, 0, 100), true, false),
        new("--genesis-time", [.. _own, "--fork-time", "100"], ["--genesis-time", "100"], node => At(node, 0, 99) == At(node, 0, 100), false, true),
        new("--capture", _none, ["--capture", CaptureInput.SamplePath], node => node.Options.IsSample, true, false),
        new("--speed", _none, ["--speed", "2"], node => CaptureInput.Of(CaptureInput.SamplePath, node.Options.Pace).Label.Split(" (")[0], "capture \"mainnet-pectra\" at pace x6", "capture \"mainnet-pectra\" at pace x2"),
        new("--data", _rpc, ["--data", "/elsewhere"], node => DirectoryOf(node), "data", "/elsewhere"),
        new("--roles", _none, ["--roles", "worker,api"], node => (Has<LogHost>(node), Has<IngestHost>(node), Has<SimHost>(node), Has<Chains.ChainDirectory>(node)), (true, true, true, true), (false, false, true, true)),
        new("--urls", _none, ["--urls", "http://127.0.0.2:7;http://[::1]:8"], node => string.Join(' ', ApiAddress.Find(node.App.Configuration, node.Options.Urls)), NodeOptions.DefaultUrl, "http://127.0.0.2:7 http://[::1]:8"),
    ];

    /// <summary>Settings beside the sections; the command line has each of them too.</summary>
    public static IReadOnlyList<EffectRow> TopSettings { get; } =
    [
        new("Mempulse:Rpc:0", _none, ["Mempulse:Rpc:0=ws://127.0.0.1:2"], node => node.Options.Chains.SingleOrDefault()?.Endpoints.Single().Shown, null, "ws://127.0.0.1:2"),
        new("Mempulse:Chain", ["Mempulse:Rpc:0=ws://127.0.0.1:2"], ["Mempulse:Chain=5"], node => Pending(node).Chain.Value, 1UL, 5UL),
        new("Mempulse:Chains:0", _none, ["Mempulse:Chains:0:Id=7", "Mempulse:Chains:0:Rpc:0=ws://127.0.0.1:2"], node => node.Options.Chains.SingleOrDefault()?.Chain.Value, null, 7UL),
        new("Mempulse:StateRpc:0", _none, ["Mempulse:StateRpc:0=http://127.0.0.1:3"], node => node.Options.StateSources.SingleOrDefault()?.Endpoints.Single().Shown, null, "http://127.0.0.1:3"),
        new("Mempulse:Pending", _rpc, ["Mempulse:Pending=bodies"], node => Pending(node).Subscription, PendingSubscription.Hashes, PendingSubscription.Bodies),
        new("Mempulse:Reconcile", _rpc, ["Mempulse:Reconcile=0"], node => Pending(node).ReconcileInterval, TimeSpan.FromSeconds(15), TimeSpan.Zero),
        new("Mempulse:BlockLogs", _rpc, ["Mempulse:BlockLogs=none"], node => Blocks(node).Logs, BlockLogs.All, BlockLogs.None),
        new("Mempulse:Roles", _none, ["Mempulse:Roles=log"], node => node.Options.Roles, SiloRoles.All, SiloRoles.Log),
        new("Mempulse:Capture", _none, [$"Mempulse:Capture={CaptureInput.SamplePath}"], node => node.Options.IsSample, true, false),
        new("Mempulse:Speed", _none, ["Mempulse:Speed=max"], node => node.Options.Pace?.IsMaximal, null, true),
        new("Mempulse:ChainIds", _none, ["Mempulse:ChainIds=1, 10"], node => string.Join(' ', node.Options.ChainIds), "", "1 10"),
        new("Mempulse:LogChains", _none, ["Mempulse:LogChains=1"], node => string.Join(' ', node.Options.LogChains), "", "1"),
        new("Mempulse:Data", _rpc, ["Mempulse:Data=/elsewhere"], node => DirectoryOf(node), "data", "/elsewhere"),
    ];

    public static IReadOnlyList<EffectRow> Sections { get; } =
    [
        new("Mempulse:Log:SegmentSizeBytes", _none, ["Mempulse:Log:SegmentSizeBytes=65536"], node => Log(node).SegmentSizeBytes, 67_108_864L, 65_536L),
        new("Mempulse:Log:Durability", _none, ["Mempulse:Log:Durability=Os"], node => Log(node).Durability, Durability.Fsync, Durability.Os),
        new("Mempulse:Api:AllowPlainHttp", _key, ["Mempulse:Api:AllowPlainHttp=true"], node => MayListen(node, "http://0.0.0.0:1"), false, true),
        new("Mempulse:Api:Keys:0:Name", _key, ["Mempulse:Api:Keys:0:Name=b"], node => Key(node)?.Name, "a", "b"),
        new("Mempulse:Api:Keys:0:Sha256", _none, _key, node => Key(node)?.Sha256, null, _hash),
        new("Mempulse:Api:Keys:0:Scope", _key, ["Mempulse:Api:Keys:0:Scope=Operate"], node => Key(node)!.Scope, KeyScope.Read, KeyScope.Operate),
        new("Mempulse:Api:Keys:0:RequestsPerMinute", _key, ["Mempulse:Api:Keys:0:RequestsPerMinute=7"], node => Key(node)!.RequestsPerMinute, 600, 7),
        new("Mempulse:Api:MaxConnections", _none, ["Mempulse:Api:MaxConnections=17"], node => Limits(node).MaxConcurrentConnections, 4_096L, 17L),
        new("Mempulse:Api:MinBytesPerSecond", _none, ["Mempulse:Api:MinBytesPerSecond=5"], node => (Limits(node).MinRequestBodyDataRate!.BytesPerSecond, Limits(node).MinResponseDataRate!.BytesPerSecond), (32_768.0, 32_768.0), (5.0, 5.0)),
        new("Mempulse:Api:MaxRequests", _none, ["Mempulse:Api:MaxRequests=3"], node => Permits(node, "GET", "/events"), 4, 3),
        new("Mempulse:Api:MaxSimulations", _none, ["Mempulse:Api:MaxSimulations=5"], node => Permits(node, "POST", "/simulate"), 64, 5),
        new("Mempulse:Api:MaxStreams", _none, ["Mempulse:Api:MaxStreams=7"], node => (int)node.Get<RequestShares>().Streams.GetStatistics()!.CurrentAvailablePermits, 256, 7),
        new("Mempulse:Api:MaxViewers", _none, ["Mempulse:Api:MaxViewers=9"], node => (int)node.Get<RequestShares>().Viewers.GetStatistics()!.CurrentAvailablePermits, 64, 9),
        new("Mempulse:Api:MaxWaitingRequests", ["Mempulse:Api:MaxRequests=4"], ["Mempulse:Api:MaxWaitingRequests=2"], node => Waiting(node), 513, 3),
        new("Mempulse:Api:MaxResponseBytes", _none, ["Mempulse:Api:MaxResponseBytes=16777216"], node => (Share(node, "GET", "/events").Responses.HasLeft(16 << 20), Share(node, "GET", "/events").Responses.HasLeft((16 << 20) + 1)), (true, true), (true, false)),
        new("Mempulse:Api:MaxBodyBytes", _none, ["Mempulse:Api:MaxBodyBytes=16777216"], node => (Share(node, "POST", "/simulate").Bodies.HasLeft(16 << 20), Share(node, "POST", "/simulate").Bodies.HasLeft((16 << 20) + 1)), (true, true), (true, false)),
        new("Mempulse:Pools:0:Chain", ["Mempulse:Pools:0:FeeBumpPercent=20"], ["Mempulse:Pools:0:Chain=2"], node => node.Of<LogHostOptions>().FoldOf(new ChainId(1)).FeeBumpPercent, 20U, 10U),
        new("Mempulse:Pools:0:FeeBumpPercent", _none, ["Mempulse:Pools:0:FeeBumpPercent=20"], node => node.Of<LogHostOptions>().FoldOf(new ChainId(1)).FeeBumpPercent, 10U, 20U),
        new("Mempulse:Pools:0:BlobFeeBumpPercent", _none, ["Mempulse:Pools:0:BlobFeeBumpPercent=20"], node => node.Of<LogHostOptions>().FoldOf(new ChainId(1)).BlobFeeBumpPercent, 100U, 20U),
        new("Mempulse:Pools:0:ConfirmationDepthBlocks", _rpc, ["Mempulse:Pools:0:ConfirmationDepthBlocks=9"], node => (node.Of<LogHostOptions>().FoldOf(new ChainId(1)).ConfirmationDepthBlocks, Blocks(node).ConfirmationDepthBlocks), (64UL, 64UL), (9UL, 9UL)),
        new("Mempulse:Ingest:RecentBodies", _none, ["Mempulse:Ingest:RecentBodies=99"], node => node.Of<IngestHostOptions>().RecentBodies, 262_144, 99),
        new("Mempulse:P2p:Listen", ["Mempulse:P2p:MaxPeers=5"], ["Mempulse:P2p:Listen=127.0.0.1:9"], node => node.Network!.Listen?.ToString(), "127.0.0.1:0", "127.0.0.1:9"),
        new("Mempulse:P2p:Chain", ["Mempulse:P2p:MaxPeers=5"], ["Mempulse:P2p:Chain=11155111"], node => node.Network!.Forks.Genesis, KnownChains.Mainnet.Genesis, KnownChains.Sepolia.Genesis),
        new("Mempulse:P2p:Peers", _p2p, [$"Mempulse:P2p:Peers:0={_peer}"], node => string.Join(' ', node.Network!.StaticPeers), string.Empty, _peer),
        new("Mempulse:P2p:TrustedPeers", _p2p, [$"Mempulse:P2p:TrustedPeers:0={_peer}"], node => string.Join(' ', node.Network!.TrustedPeers), string.Empty, _peer),
        new("Mempulse:P2p:BootNodes", _p2p, [$"Mempulse:P2p:BootNodes:0={_peer}"], node => string.Join(' ', node.Network!.BootNodes), string.Empty, _peer),
        new("Mempulse:P2p:DnsTrees", [.. _p2p, "Mempulse:P2p:DnsServer=127.0.0.1"], [$"Mempulse:P2p:DnsTrees:0={Tree}"], node => node.Network!.DnsTrees.Count, 0, 1),
        new("Mempulse:P2p:DnsServer", _p2p, ["Mempulse:P2p:DnsServer=127.0.0.1:5353"], node => node.Options.P2p!.DnsServer is { } server ? DnsServers.Find(server).ToString() : null, null, "127.0.0.1:5353"),
        new("Mempulse:P2p:MaxPeers", _p2p, ["Mempulse:P2p:MaxPeers=1"], node => (node.Network!.Dial.MaxPeers, node.Network.Dial.MaxInbound), (50, 30), (1, 1)),
        new("Mempulse:P2p:NetworkId", _own, ["Mempulse:P2p:NetworkId=42"], node => node.Network!.Forks.NetworkId, 1337UL, 42UL),
        new("Mempulse:P2p:Genesis", ["--p2p", "none"], [$"Mempulse:P2p:Genesis={Genesis}"], node => node.Network!.Forks.Genesis.ToString(), KnownChains.Mainnet.Genesis.ToString(), Genesis),
        new("Mempulse:P2p:GenesisTime", [.. _own, "--fork-time", "100"], ["Mempulse:P2p:GenesisTime=100"], node => At(node, 0, 99) == At(node, 0, 100), false, true),
        new("Mempulse:P2p:ForkBlocks", _own, ["Mempulse:P2p:ForkBlocks:0=10"], node => At(node, 9, 0) == At(node, 10, 0), true, false),
        new("Mempulse:P2p:ForkTimes", _own, ["Mempulse:P2p:ForkTimes:0=100"], node => At(node, 0, 99) == At(node, 0, 100), true, false),
    ];

    private static RpcLaneOptions Pending(BuiltNode node) => LiveInput.PendingOf(node.Options.Chains[0], node.Options, node.Context);

    private static BlockFollowerOptions Blocks(BuiltNode node) => LiveInput.BlocksOf(node.Options.Chains[0], node.Options, node.Context);

    private static EventLogOptions Log(BuiltNode node) => node.Of<LogHostOptions>().ToLogOptions(new ChainId(1), null!, static _ => { }, lease: null, TimeProvider.System);

    private static KestrelServerLimits Limits(BuiltNode node) => node.Of<KestrelServerOptions>().Limits;

    private static bool Has<T>(BuiltNode node) => node.App.Services.GetService(typeof(T)) is not null;

    private static string DirectoryOf(BuiltNode node)
    {
        using var directory = DataDirectory.For(node.Options);
        return directory.Path;
    }

    private static uint At(BuiltNode node, ulong block, ulong time) => node.Network!.Forks.At(new ForkPoint(block, time)).Hash;

    private static RequestShare Share(BuiltNode node, string method, string path) =>
        node.Get<RequestShares>().Of(new DefaultHttpContext { Request = { Method = method, Path = path } }.Request);

    private static int Permits(BuiltNode node, string method, string path) => (int)Share(node, method, path).Requests.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>How many requests wait before one is refused, beside those that are answered; the refused one is counted. It uses up the node's turns, so the row has a node of its own.</summary>
    private static bool MayListen(BuiltNode node, string address)
    {
        try
        {
            return ApiAddress.Find(node.Get<Microsoft.Extensions.Configuration.IConfiguration>(), [address]).Count > 0;
        }
        catch (NodeUsageException)
        {
            return false;
        }
    }

    private static ApiKey? Key(BuiltNode node) => node.Of<ServingOptions>().Keys is [var key, ..] ? key : null;

    private static int Waiting(BuiltNode node)
    {
        var limiter = Share(node, "GET", "/events").Requests;
        var held = Enumerable.Range(0, Permits(node, "GET", "/events")).Select(_ => limiter.AttemptAcquire()).ToList();
        int asked = 1;
        for (; !limiter.AcquireAsync().IsCompleted; asked++)
        {
        }

        return asked;
    }
}
