using System.Text.Json;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Tests.Observations;

/// <summary>GET /peers: connected ones first, why the others are not, and how this node finds them.</summary>
public sealed class PeerAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private static readonly UnixNanoseconds _time = new(1_769_860_800_000_000_000);

    [Fact]
    public async Task Peers_are_listed_by_connection_and_name_with_their_current_reason()
    {
        KnownObserver[] observers =
        [
            Observer("d", isConnected: false) with { LossReason = SourceLossReason.Closed, DialFailure = DialFailureReason.WrongGenesis },
            Observer("c", isConnected: false) with { LossReason = SourceLossReason.Closed },
            Observer("b", isConnected: true) with { LossReason = SourceLossReason.Closed, DialFailure = DialFailureReason.WrongGenesis },
            Observer("a", isConnected: false),
            Observer("source", isConnected: true) with { Peer = null },
        ];
        Begin(observers, []);

        var (_, answer) = await api.GetAsync("/peers");

        Assert.Equal(1, answer.GetProperty("connected").GetInt32());
        Assert.Equal(
            [("b", true, null, null), ("a", false, _time.ToRfc3339(), null), ("c", false, _time.ToRfc3339(), "Closed"), ("d", false, _time.ToRfc3339(), "WrongGenesis")],
            answer.GetProperty("peers").EnumerateArray().Select(peer => (peer.GetProperty("name").GetString()!, peer.GetProperty("connected").GetBoolean(), peer.GetProperty("lostAt").GetString(), peer.GetProperty("lossReason").GetString())));
    }

    [Fact]
    public async Task A_node_that_is_no_peer_has_its_reason_and_its_next_dial()
    {
        var failing = new NodeDials { Name = "x", Enode = "enode://x", Kind = "Static", IsConnected = false, Reason = DialFailureReason.TooManyPeers, Detail = "Full.", Failures = 2, FailingSince = _time, LastDial = _time, NextDial = _time, LastConnected = null };
        var fine = failing with { Name = "y", IsConnected = true, Reason = DialFailureReason.Unknown, Detail = string.Empty, NextDial = null };
        Begin([], [Report("enode://me", failing, fine)]);

        var search = (await api.GetAsync("/peers")).Body.GetProperty("search")[0];

        Assert.Equal(("node", "enode://me", 4), (search.GetProperty("host").GetString(), search.GetProperty("enode").GetString(), search.GetProperty("discoveredNodes").GetInt32()));
        var (first, second) = (search.GetProperty("configured")[0], search.GetProperty("configured")[1]);
        Assert.Equal(("TooManyPeers", "Full.", 2, _time.ToRfc3339()), (Text(first, "reason"), Text(first, "detail"), first.GetProperty("failures").GetInt32(), Text(first, "nextDial")));
        Assert.Equal((null, null, null), (Text(second, "reason"), Text(second, "detail"), Text(second, "nextDial")));
        Assert.Equal(3, search.GetProperty("discoveredFailures").GetProperty("WrongNetwork").GetInt64());
        Assert.Equal(5, search.GetProperty("inboundFailures").GetProperty("TooManyPeers").GetInt64());
        Assert.Equal(("127.0.0.1:9", null, "TooManyPeers"), (Text(search.GetProperty("inboundSample")[0], "address"), Text(search.GetProperty("inboundSample")[0], "name"), Text(search.GetProperty("inboundSample")[0], "reason")));
    }

    [Fact]
    public async Task Every_part_of_a_peer_and_of_a_search_is_shown_in_its_place()
    {
        string T(int second) => At(second).ToRfc3339();
        var inbound = Observer("a", isConnected: false) with { IsInbound = true, ConnectedAt = At(1), LostAt = At(2), LastShownAt = At(3), Sightings = 44, LossReason = SourceLossReason.Closed };
        var dial = new NodeDials { Name = "x", Enode = "enode://x", Kind = "Static", IsConnected = false, Reason = DialFailureReason.TooManyPeers, Detail = "Full.", Failures = 2, FailingSince = At(4), LastDial = At(5), NextDial = At(6), LastConnected = At(7) };
        var search = new PeerSearchReport
        {
            Enode = "enode://me",
            Configured = [dial],
            DiscoveredNodes = 4,
            DiscoveredFailures = [],
            DiscoveredSample = [dial with { Name = "y", Kind = "Discovered" }],
            InboundFailures = [],
            InboundSample = [new RefusedInbound("127.0.0.1:9", "geth", DialFailureReason.WrongNetwork, "Other.", At(8))],
        };
        Begin([inbound], [new IngestReport { Host = "node", Time = default, SenderRecovery = string.Empty, Lanes = [new LaneReport { Name = "p2p", Peers = search }] }]);

        var (_, answer) = await api.GetAsync("/peers");

        string rest = $$""","reason":"TooManyPeers","detail":"Full.","failures":2,"failingSince":"{{T(4)}}","lastDial":"{{T(5)}}","nextDial":"{{T(6)}}","lastConnected":"{{T(7)}}"}""";
        JsonText.AssertIs(answer, $$"""
            {"chain":"1","connected":0,
             "peers":[{"name":"a","peer":"{{inbound.Peer}}","client":"geth","ethVersion":69,"endpoint":"127.0.0.1:1","inbound":true,"connected":false,"connectedAt":"{{T(1)}}","lostAt":"{{T(2)}}","lossReason":"Closed","lastReportedAt":"{{T(3)}}","sightings":44}],
             "search":[{"host":"node","enode":"enode://me","configured":[{"name":"x","enode":"enode://x","kind":"Static","connected":false{{rest}}],"discoveredNodes":4,"discoveredFailures":{},
              "discoveredSample":[{"name":"y","enode":"enode://x","kind":"Discovered","connected":false{{rest}}],"inboundFailures":{},
              "inboundSample":[{"address":"127.0.0.1:9","name":"geth","reason":"WrongNetwork","detail":"Other.","at":"{{T(8)}}"}]}]}
            """);
    }

    [Fact]
    public async Task A_node_that_only_dials_has_no_enode()
    {
        Begin([], [Report(string.Empty)]);

        Assert.Null(Text((await api.GetAsync("/peers")).Body.GetProperty("search")[0], "enode"));
    }

    private static UnixNanoseconds At(int second) => new(_time.Value + (second * 1_000_000_000L));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static IngestReport Report(string enode, params NodeDials[] configured) => new()
    {
        Host = "node",
        Time = default,
        SenderRecovery = string.Empty,
        Lanes =
        [
            new LaneReport { Name = "rpc" },
            new LaneReport
            {
                Name = "p2p",
                Peers = new PeerSearchReport
                {
                    Enode = enode,
                    Configured = configured,
                    DiscoveredNodes = 4,
                    DiscoveredFailures = [new FailureCount(DialFailureReason.WrongNetwork, 3)],
                    DiscoveredSample = [],
                    InboundFailures = [new FailureCount(DialFailureReason.TooManyPeers, 5)],
                    InboundSample = [new RefusedInbound("127.0.0.1:9", string.Empty, DialFailureReason.TooManyPeers, "Full.", _time)],
                },
            },
        ],
    };

    private static KnownObserver Observer(string name, bool isConnected) => new()
    {
        Source = default, Name = name, Lane = "p2p", Client = "geth", Endpoint = "127.0.0.1:1", Peer = new Hash256([.. Enumerable.Repeat((byte)name[0], 32)]), EthVersion = 69, IsInbound = false, IsConnected = isConnected,
        ConnectedAt = _time, LostAt = _time, LossReason = SourceLossReason.Unknown, LastShownAt = null, Sightings = 1, DialFailure = DialFailureReason.Unknown,
    };

    private void Begin(KnownObserver[] observers, IReadOnlyList<IngestReport> hosts)
    {
        api.Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetObservers), observers);
        api.Grains.Set<IIngestGrain>(nameof(IIngestGrain.Read), hosts);
    }
}
