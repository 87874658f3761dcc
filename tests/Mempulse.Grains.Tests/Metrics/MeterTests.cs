using Mempulse.Grains.Tests.Worlds;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Tests.Metrics;

/// <summary>Each method of each meter counts on the instrument that docs/metrics.md says, with its labels and its amount.</summary>
public sealed class MeterTests : IDisposable
{
    private static readonly ChainId s_chain = new(5);

    private readonly Measurements _measured = new();

    [Fact]
    public void The_log_and_the_publisher()
    {
        using var log = new LogMeter(_measured.Meters);
        using var publisher = new PublisherMeter(_measured.Meters);

        log.Appended(s_chain, 3, 0, TimeSpan.FromSeconds(2));
        log.Appended(s_chain, 0, 4, TimeSpan.FromSeconds(1));
        log.Refused(s_chain);
        publisher.Published(s_chain, 6);
        publisher.Dropped(s_chain, 7);
        publisher.Failed(s_chain);

        AssertMeasured(
            "log_appended_events{chain=5} 3", "log_append{chain=5} 2", "log_appended_events{chain=5} 0", "log_duplicate_events{chain=5} 4", "log_append{chain=5} 1",
            "log_refused_batches{chain=5} 1", "publisher_items{chain=5} 1", "publisher_events{chain=5} 6", "publisher_dropped_events{chain=5} 7", "publisher_failed_items{chain=5} 1");
    }

    [Fact]
    public void The_lane()
    {
        var lane = new LaneMeter(_measured.Meters, s_chain, "rpc");

        lane.BatchAppended(3, 100);
        lane.AppendFailed(isRefused: true);
        lane.AppendFailed(isRefused: false);
        lane.TransactionLeft();
        lane.BodyDecoded();
        lane.BodyDuplicate();
        lane.BodyFailed();
        lane.Dropped(DropReason.QueueFull, 4);
        lane.SourceLost(SourceLossReason.Silent);
        lane.ReceiptsRecorded("later");
        lane.ReceiptsMissing(-2);
        lane.Announced(5);
        lane.PeerBodies("asked", 6);
        lane.RequestsInFlight(-1);
        lane.Calls.Answered();
        lane.Calls.Failed();

        const string Of = "chain=5,lane=rpc";
        AssertMeasured(
            $"ingest_appended_records{{{Of}}} 3", $"ingest_appended_bytes{{{Of}}} 100", $"ingest_appends{{{Of},outcome=appended}} 1",
            $"ingest_appends{{{Of},outcome=refused}} 1", $"ingest_appends{{{Of},outcome=unknown}} 1", $"ingest_left_txs{{{Of}}} 1",
            $"ingest_bodies{{{Of},outcome=decoded}} 1", $"ingest_bodies{{{Of},outcome=duplicate}} 1", $"ingest_bodies{{{Of},outcome=failed}} 1",
            $"ingest_dropped{{{Of},reason=QueueFull}} 4", $"ingest_source_losses{{{Of},reason=Silent}} 1", $"ingest_block_receipts{{{Of},outcome=later}} 1",
            $"ingest_missing_receipts{{{Of}}} -2", $"p2p_announcements{{{Of}}} 5", $"p2p_bodies{{{Of},outcome=asked}} 6", $"p2p_requests{{{Of}}} -1",
            $"rpc_calls{{{Of},outcome=answered}} 1", $"rpc_calls{{{Of},outcome=failed}} 1");
        Assert.Equal("rpc", lane.Lane);
    }

    [Fact]
    public void The_network_and_the_state()
    {
        var network = new NetworkMeter(_measured.Meters, s_chain);
        var state = new StateMeter(_measured.Meters, s_chain);

        network.PeerConnected("Inbound");
        network.PeerDisconnected("Outbound");
        network.Dialled("connected");
        network.Read(10);
        network.Written(11);
        network.Offended("flood");
        network.Banned();
        network.FoundForeignNode();
        state.Fetched();
        state.Read(12);
        state.ProofVerified();
        state.ProofRefused();
        state.ProofAbsent();
        state.ProofFailed();
        state.ProofContradicted("node");
        state.Calls.Answered();

        AssertMeasured(
            "p2p_peers{chain=5,direction=Inbound} 1", "p2p_peers{chain=5,direction=Outbound} -1", "p2p_dials{chain=5,outcome=connected} 1",
            "p2p_wire{chain=5,direction=in} 10", "p2p_wire{chain=5,direction=out} 11", "p2p_offences{chain=5,kind=flood} 1", "p2p_bans{chain=5} 1", "p2p_foreign_nodes{chain=5} 1",
            "state_parts{chain=5,from=node} 1", "state_parts{chain=5,from=cache} 12", "state_proofs{chain=5,outcome=verified} 1", "state_proofs{chain=5,outcome=refused} 1",
            "state_proofs{chain=5,outcome=absent} 1", "state_proofs{chain=5,outcome=failed} 1", "state_contradictions{chain=5,node=node} 1", "rpc_calls{chain=5,lane=sim,outcome=answered} 1");
    }

    [Fact]
    public void The_simulations_and_the_api()
    {
        using var sims = new SimMeter(_measured.Meters);
        using var serving = new ServingMeter(_measured.Meters);

        sims.Completed(s_chain, Fact(FailureCategory.Revert, gas: 9), 10, 11, TimeSpan.FromSeconds(3));
        sims.Refused(s_chain, "Busy");
        serving.Refused("bodies");
        serving.Cut();

        AssertMeasured(
            "sim_completed{chain=5,outcome=Revert} 1", "sim_gas{chain=5} 9", "sim_witness{chain=5} 10", "sim_steps{chain=5} 11", "sim_duration{chain=5} 3",
            "sim_refused{chain=5,reason=Busy} 1", "api_refused{limit=bodies} 1", "api_cut 1");
        using (serving.Observe(() => 12, () => 13))
        {
            Assert.Equal(["mempulse_api_unsent 12", "mempulse_api_unsent_capacity 13"], _measured.ReadGauges());
        }

        Assert.Equal(["mempulse_api_unsent 0", "mempulse_api_unsent_capacity 0"], _measured.ReadGauges());
        using (sims.Observe(s_chain, () => new SimReading(14, 15)))
        {
            Assert.Superset(new HashSet<string> { "mempulse_sim_in_flight{chain=5} 14", "mempulse_sim_capacity{chain=5} 15" }, _measured.ReadGauges().ToHashSet());
        }
    }

    [Fact]
    public void The_facts_the_relays_and_the_traces()
    {
        using var facts = new FactMeter(_measured.Meters);
        using var relays = new RelayDataMeter(_measured.Meters);
        using var traces = new TraceMeter(_measured.Meters);

        facts.Begin(s_chain);
        facts.Reorged(s_chain, 3);
        facts.Reorged(s_chain, 4);
        facts.Reorged(s_chain, 90);
        facts.Decided(s_chain, "landed", "Proof");
        relays.Answered(s_chain, "flashbots", "None");
        traces.Exported(s_chain, 5);
        traces.Exported(s_chain, 0);
        traces.Refused(s_chain, 6);
        traces.LeftOut(s_chain, 7);
        traces.Repeated(s_chain);
        traces.Passed(s_chain, 8);
        traces.Passed(s_chain, 0);

        AssertMeasured(
            "chain_reorgs{chain=5,depth=1} 0", "chain_reorgs{chain=5,depth=2} 0", "chain_reorgs{chain=5,depth=3} 0", "chain_reorgs{chain=5,depth=4_or_more} 0",
            "chain_reorgs{chain=5,depth=3} 1", "chain_reorgs{chain=5,depth=4_or_more} 1", "chain_reorgs{chain=5,depth=4_or_more} 1", "bundle_outcomes{chain=5,verdict=landed,strength=Proof} 1",
            "relay_data_answers{chain=5,relay=flashbots,outcome=None} 1", "trace_spans{chain=5,outcome=exported} 5", "trace_spans{chain=5,outcome=refused} 6", "trace_spans{chain=5,outcome=left_out} 7",
            "trace_repeated_requests{chain=5} 1", "trace_passed_events{chain=5} 8");
        using (relays.Observe(s_chain, () => [("flashbots", 9), ("titan", 10)]))
        using (traces.Observe(s_chain, () => new TraceReading(11, 12)))
        {
            Assert.Equal(
                ["mempulse_relay_data_silence{chain=5,relay=flashbots} 9", "mempulse_relay_data_silence{chain=5,relay=titan} 10", "mempulse_trace_lag_events{chain=5} 11", "mempulse_trace_open{chain=5} 12"],
                _measured.ReadGauges());
        }
    }

    [Fact]
    public void Gauges_are_those_of_each_chain_until_it_is_gone()
    {
        using var log = new LogMeter(_measured.Meters);
        using var fold = new FoldMeter(_measured.Meters);
        using (log.Observe(s_chain, () => new LogReading(1, 2, IsWritable: false, 3, 4, (5, 6))))
        {
            using (log.Observe(new ChainId(6), () => new LogReading(11, 12, IsWritable: true, 13, 14, (15, 16))))
            {
                Assert.Equal(
                    [
                        "mempulse_log_damaged_places{chain=5} 3", "mempulse_log_damaged_places{chain=6} 13", "mempulse_log_disk_free{chain=5} 5", "mempulse_log_disk_free{chain=6} 15",
                        "mempulse_log_disk_size{chain=5} 6", "mempulse_log_disk_size{chain=6} 16", "mempulse_log_durable{chain=5} 4", "mempulse_log_durable{chain=6} 14",
                        "mempulse_log_epoch{chain=5} 2", "mempulse_log_epoch{chain=6} 12", "mempulse_log_watermark{chain=5} 1", "mempulse_log_watermark{chain=6} 11",
                        "mempulse_log_writable{chain=5} 0", "mempulse_log_writable{chain=6} 1",
                    ],
                    _measured.ReadGauges());
            }

            Assert.DoesNotContain(_measured.ReadGauges(), gauge => gauge.Contains("chain=6", StringComparison.Ordinal));
        }

        var reading = new FoldReading
        {
            Applied = 1,
            LagEvents = 2,
            TxsByState = [("pending", 3), ("queued", 4)],
            Divergences = 5,
            AbandonedChains = 6,
            Grades = [("agrees", 11), ("disagrees", 12)],
            DriftingDecoders = 13,
            Pools = [("held", 14), ("wanted", 15)],
            BookLeftOut = [("evicted", 20), ("not_asked", 21)],
            InexactTokens = 22,
            Borrowers = [("held", 16), ("wanted", 17)],
            Opportunities = [("open", 16), ("closed", 17)],
            OpportunityFates = [("detected", 18), ("left_out", 19)],
            Coverable = [("rpc", 22)],
            Covered = [("rpc", 21)],
            FollowedEvents = 7,
            StreamedEvents = 8,
            Incidents = [("hole", 9), ("stall", 10)],
        };
        using var observed = fold.Observe(s_chain, () => reading);
        Assert.Equal(
            [
                "mempulse_book_inexact_tokens{chain=5} 22", "mempulse_book_left_out{chain=5,kind=evicted} 20", "mempulse_book_left_out{chain=5,kind=not_asked} 21",
                "mempulse_book_pools{chain=5,standing=held} 14", "mempulse_book_pools{chain=5,standing=wanted} 15",
                "mempulse_decode_drifting{chain=5} 13", "mempulse_decode_grades{chain=5,verdict=agrees} 11", "mempulse_decode_grades{chain=5,verdict=disagrees} 12",
                "mempulse_fold_abandoned_chains{chain=5} 6", "mempulse_fold_divergences{chain=5} 5", "mempulse_fold_lag_events{chain=5} 2", "mempulse_fold_position{chain=5} 1",
                "mempulse_fold_txs{chain=5,state=pending} 3", "mempulse_fold_txs{chain=5,state=queued} 4", "mempulse_follower_events{chain=5} 7",
                "mempulse_follower_incidents{chain=5,kind=hole} 9", "mempulse_follower_incidents{chain=5,kind=stall} 10", "mempulse_follower_streamed_events{chain=5} 8",
                "mempulse_ingest_coverable_txs{chain=5,lane=rpc} 22", "mempulse_ingest_covered_txs{chain=5,lane=rpc} 21",
                "mempulse_market_borrowers{chain=5,standing=held} 16", "mempulse_market_borrowers{chain=5,standing=wanted} 17",
                "mempulse_opportunities{chain=5,status=closed} 17", "mempulse_opportunities{chain=5,status=open} 16",
                "mempulse_opportunity_fates{chain=5,fate=detected} 18", "mempulse_opportunity_fates{chain=5,fate=left_out} 19",
            ],
            _measured.ReadGauges());
    }

    [Fact]
    public void What_is_observed_later_stays_when_what_it_replaced_ends()
    {
        using var log = new LogMeter(_measured.Meters);
        using var serving = new ServingMeter(_measured.Meters);
        var (first, served) = (log.Observe(s_chain, () => default), serving.Observe(() => 1, () => 2));
        using var second = log.Observe(s_chain, () => new LogReading(11, 12, IsWritable: true, 13, 14, (15, 16)));
        using var servedLater = serving.Observe(() => 3, () => 4);

        first.Dispose();
        served.Dispose();

        Assert.Superset(new HashSet<string> { "mempulse_log_watermark{chain=5} 11", "mempulse_api_unsent 3", "mempulse_api_unsent_capacity 4" }, _measured.ReadGauges().ToHashSet());
    }

    [Fact]
    public void A_process_without_a_host_has_one_meter_of_each_name()
    {
        var first = UnhostedMeters.Shared.Create(new System.Diagnostics.Metrics.MeterOptions("Mempulse.Test"));

        Assert.Same(first, UnhostedMeters.Shared.Create(new System.Diagnostics.Metrics.MeterOptions("Mempulse.Test")));
        Assert.NotSame(first, UnhostedMeters.Shared.Create(new System.Diagnostics.Metrics.MeterOptions("Mempulse.Other")));
    }

    public void Dispose() => _measured.Dispose();

    private static LogEvent.SimCompleted Fact(FailureCategory category, ulong gas) => new()
    {
        Sim = default,
        Base = default,
        BaseNumber = default,
        Category = category,
        Detail = string.Empty,
        GasUsed = new Gas(gas),
        CoinbasePayment = WeiDelta.Gain(default),
        Account = default,
        Profit = WeiDelta.Gain(default),
        IsVerified = true,
        LogsDigest = default,
        TraceDigest = default,
        WitnessDigest = default,
        EngineVersion = 1,
        RulesVersion = 1,
        Transactions = [],
    };

    private void AssertMeasured(params string[] expected) => Assert.Equal(expected.Select(line => "mempulse_" + line), _measured.All);
}
