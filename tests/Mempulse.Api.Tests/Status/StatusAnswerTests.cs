using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Abstractions.Sources;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Status;

/// <summary>GET /status: every figure that a grain reports has its own place, which no other figure takes.</summary>
public sealed class StatusAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private static readonly UnixNanoseconds _time = new(1_769_860_800_000_000_000);

    [Fact]
    public async Task Every_figure_of_log_fold_and_follower_is_shown_in_its_place()
    {
        Begin(new LaneReport { Name = "rpc" });

        var (_, status) = await api.GetAsync("/status");

        JsonText.AssertIs(status.GetProperty("log"), """{"state":"NoRoom","detail":"full","epoch":11,"watermark":12,"appendedEvents":13,"duplicateEvents":14,"durableBytes":15,"unpublishedEvents":16}""");
        JsonText.AssertIs(status.GetProperty("follower"), """{"events":21,"streamedEvents":22,"duplicates":23,"holes":24,"stalls":25,"silences":26,"staleEpochs":27,"overflows":28}""");
        JsonText.AssertIs(status.GetProperty("fold"), $$"""
            {"phase":"Following","appliedSeq":31,"lagEvents":9,"digest":"0000000000000000000000000000002a","eventTime":"{{_time.ToRfc3339()}}","headNumber":36,"headHash":"{{Named.Block("head")}}","checkpointSeq":33,"derivedWaiting":34,"divergences":35,"registryHash":"{{Named.Block("registry")}}","registryName":"own.json","registrySinceSeq":43,"poolsHeld":45,"poolsWanted":46,"poolsUnread":51,"poolReadingsNotTaken":47,"poolsEvicted":48,"pairsNotAsked":49,"inexactTokens":50,"firstInexactTokens":["{{Named.Account("taxed")}}"],"poolsAtNumber":44,"marketsHeld":149,"marketsWanted":150,"borrowersHeld":151,"borrowersWanted":152,"borrowersLeft":153,"marketReadingsNotTaken":154,"marketsAtNumber":148,"bundles":"None are made.","detail":"It differs."}
            """);
        JsonText.AssertIs(status.GetProperty("pool"), """{"Seen":2,"Pending":3}""");
        Assert.Equal(("2026-01-31T12:00:00.000Z", 1_769_860_800_000L), (status.GetProperty("time").GetString(), status.GetProperty("timeMs").GetInt64()));
        Assert.False(status.GetProperty("synthetic").GetBoolean());
        JsonText.AssertIs(status.GetProperty("sources")[0], """{"id":"0000000000000000","name":"a","connected":true,"synthetic":false,"sightings":41,"firsts":42}""");
    }

    [Fact]
    public async Task Every_figure_of_a_lane_and_its_sources_is_shown_in_its_place()
    {
        Begin(new LaneReport
        {
            Name = "rpc", IsRunning = true, Failure = "none", IsSynthetic = false, IsLogAvailable = true, Accepted = 1, Decoded = 2, Appended = 3, QueueDepth = 4, QueuePeak = 5, QueueCapacity = 6, Drops = [new DropReport(DropReason.Oversize, 7)],
            Sources =
            [
                new SourceReport("a", "ws://a", IsConnected: true, 8, 9, _time, "old") { Reception = "subscription" },
                new SourceReport("b", "ws://b", IsConnected: false, 10, 11, default, "closed") { Problem = "refused", ProblemSince = _time, LastTry = _time },
            ],
        });

        var lane = (await api.GetAsync("/status")).Body.GetProperty("lanes")[0];

        string time = _time.ToRfc3339();
        JsonText.AssertIs(lane, $$"""
            {"host":"node","name":"rpc","running":true,"failure":"none","synthetic":false,"logAvailable":true,"accepted":1,"decoded":2,"appended":3,"queueDepth":4,"queuePeak":5,"queueCapacity":6,"drops":{"Oversize":7},
             "sources":[
              {"name":"a","endpoint":"ws://a","connected":true,"sightings":8,"losses":9,"lastHeard":"{{time}}","lastLoss":"","reception":"subscription","problem":"","problemSince":null,"lastTry":null},
              {"name":"b","endpoint":"ws://b","connected":false,"sightings":10,"losses":11,"lastHeard":null,"lastLoss":"closed","reception":"","problem":"refused","problemSince":"{{time}}","lastTry":"{{time}}"}],
             "enode":null}
            """);
    }

    [Fact]
    public async Task What_is_played_is_synthetic_and_a_node_that_only_dials_has_no_enode()
    {
        var dialling = new PeerSearchReport { Enode = string.Empty, Configured = [], DiscoveredNodes = 0, DiscoveredFailures = [], DiscoveredSample = [], InboundFailures = [], InboundSample = [] };
        Begin(new LaneReport { Name = "playback", IsSynthetic = true, Peers = dialling }, new LaneReport { Name = "p2p", Peers = dialling with { Enode = "enode://me" } });

        var lanes = (await api.GetAsync("/status")).Body.GetProperty("lanes");

        Assert.Equal((true, null), (lanes[0].GetProperty("synthetic").GetBoolean(), lanes[0].GetProperty("enode").GetString()));
        Assert.Equal((false, "enode://me"), (lanes[1].GetProperty("synthetic").GetBoolean(), lanes[1].GetProperty("enode").GetString()));
    }

    [Fact]
    public async Task A_failure_of_the_fold_takes_precedence_over_a_divergence()
    {
        Begin(new LaneReport { Name = "rpc" });
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetStatus), new PoolStatus { Phase = FoldPhase.Failed, Failure = "It stopped.", FirstDivergence = "It differs." });

        Assert.Equal("It stopped.", (await api.GetAsync("/status")).Body.GetProperty("fold").GetProperty("detail").GetString());
    }

    private void Begin(params LaneReport[] lanes)
    {
        api.Begin();
        api.Grains.Set<ISequencerGrain>(nameof(ISequencerGrain.GetStatus), new LogStatus { State = LogState.NoRoom, Detail = "full", Epoch = new Epoch(11), Watermark = new GlobalSeq(12), Appended = 13, Duplicates = 14, DurableBytes = 15, PublishDropped = 16 });
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetStatus), new PoolStatus
        {
            Phase = FoldPhase.Following, Applied = new GlobalSeq(31), Watermark = new GlobalSeq(40), Checkpoint = new GlobalSeq(33), DerivedWaiting = 34, Divergences = 35, FirstDivergence = "It differs.", HeadNumber = new BlockNumber(36), HeadHash = Named.Block("head"), Digest = new StateDigest(42), EventTime = _time, Registry = new(Named.Block("registry"), "own.json", new GlobalSeq(43)), Book = new(Named.Block("book"), new BlockNumber(44), 45, 46, 47) { Evicted = 48, NotAsked = 49, InexactTokens = 50, FirstInexactTokens = [Named.Account("taxed")], Unread = 51 }, Markets = new(new BlockNumber(148), 149, 150, 151, 152, 153, 154), Bundles = new("None are made.", string.Empty, IsOff: true),
            TxsByState = [1, 2, 3], Sources = [new PoolSourceStatus(default, "a", IsConnected: true, IsSynthetic: false, 41, 42)],
            Follower = new FollowerStatus { Events = 21, StreamedEvents = 22, Duplicates = 23, Holes = 24, Stalls = 25, Silences = 26, StaleEpochs = 27, Overflows = 28 },
        });
        api.Grains.Set<IIngestGrain>(nameof(IIngestGrain.Read), new IngestReport[] { new() { Host = "node", Time = default, SenderRecovery = string.Empty, Lanes = lanes } });
    }
}
