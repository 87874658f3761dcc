using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Relays;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Bundles;

/// <summary>GET /bundle/{id} and /relays: every figure in its place, with the verdict in words and the events as evidence.</summary>
public sealed class BundleAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private static readonly Hash256 s_id = Named.Tx("bundle");
    private static readonly UnixNanoseconds s_time = new(1_769_860_800_000_000_000);

    private static LogEvent.BundleBuilt Built { get; } = new()
    {
        Bundle = s_id, Base = Named.Block("base"), Sim = Named.Tx("sim"), Opportunities = [Named.Tx("opp")], BaseNumber = new BlockNumber(7), Target = new BlockNumber(8), Strategy = "backrun-arbitrage", StrategyVersion = 2,
        Content = Named.Tx("content"), Operator = Named.Account("operator"), Account = Named.Account("executor"), Transactions = [new BundleTx(Named.Tx("own"), Named.Account("operator"), new Nonce(3), new Wei(100), IsOwn: true, MayRevert: false)],
        GasLimit = new Gas(9), BaseFee = new Wei(10), Tip = new Wei(11), Payment = new Wei(12), PaymentPolicy = "share/1 9000 bps", Profit = WeiDelta.Gain(new Wei(13)), Uuid = "0b3dfd2a-6f0e-4c1c-9d0a-0c9f0c7d8e9f", Sequence = 2,
        Replaces = Named.Tx("before"), IsSigned = true, IsDryRun = false, Token = Named.Account("ether"),
    };

    private static LogEvent.BundleOutcome Outcome { get; } = new()
    {
        Bundle = s_id, Block = Named.Block("target"), By = Named.Tx("rival"), Verdict = BundleVerdict.Outcompeted, Strength = EvidenceStrength.Proof, Need = OutcomeNeed.None, Number = new BlockNumber(8), Index = 4,
        Simulated = WeiDelta.Gain(new Wei(13)), IsRealisedKnown = true, Realised = WeiDelta.Loss(new Wei(14)), Relay = "titan", Evidence = [new EvidenceRecord(new GlobalSeq(31)), new EvidenceRecord(new GlobalSeq(35))], Rules = "outcomes/1",
    };

    [Fact]
    public async Task Every_figure_is_in_its_place()
    {
        Begin(
            Records.Derived(20, 19, s_time, new LogEvent.OppExpired(Named.Tx("opp"), Named.Tx("trigger"), OppEnd.TooOld)),
            Records.Fact(31, s_time, "desk", Built),
            Records.Derived(36, 35, s_time, Outcome));

        var (_, body) = await api.GetAsync($"/bundle/{s_id}");

        JsonText.AssertIs(body, $$"""
            {"chain":"1","asOfSeq":40,
             "bundle":{"id":"{{s_id}}","opportunities":["{{Named.Tx("opp")}}"],"simulation":"{{Named.Tx("sim")}}","base":"{{Named.Block("base")}}","baseNumber":7,"target":8,"strategy":"backrun-arbitrage/2",
              "operator":"{{Named.Account("operator")}}","account":"{{Named.Account("executor")}}","token":"{{Named.Account("ether")}}",
              "transactions":[{"hash":"{{Named.Tx("own")}}","sender":"{{Named.Account("operator")}}","nonce":3,"own":true,"mayRevert":false}],
              "profit":"13","payment":"12","paymentPolicy":"share/1 9000 bps","uuid":"0b3dfd2a-6f0e-4c1c-9d0a-0c9f0c7d8e9f","sequence":2,"replaces":"{{Named.Tx("before")}}","operatorSigned":true,"dryRun":false},
             "outcome":{"verdict":"outcompeted","strength":"proof","explanation":"Transaction {{Named.Tx("rival")}} in block 8 took the state that it needed.","wouldDecide":null,"seq":36,"block":"{{Named.Block("target")}}",
              "index":4,"by":"{{Named.Tx("rival")}}","relay":"titan","simulated":"13","realised":"-14","evidence":[31,35],"rules":"outcomes/1"},
             "events":[
              {"seq":20,"time":"{{s_time.ToRfc3339()}}","type":"OppExpired","cause":19,"sentence":null},
              {"seq":20,"time":"{{s_time.ToRfc3339()}}","type":"OppExpired","cause":19,"sentence":null},
              {"seq":31,"time":"{{s_time.ToRfc3339()}}","type":"BundleBuilt","cause":null,"sentence":"Built for block 8 on the state of block 7: 1 transactions that gain 13 wei and pay 12 wei (share/1 9000 bps)."},
              {"seq":36,"time":"{{s_time.ToRfc3339()}}","type":"BundleOutcome","cause":35,"sentence":"Transaction {{Named.Tx("rival")}} in block 8 took the state that it needed."}],
             "truncated":false}
            """);
    }

    [Fact]
    public async Task A_bundle_that_the_log_does_not_have_is_not_found()
    {
        Begin();

        var (status, body) = await api.GetAsync($"/bundle/{s_id}");

        Assert.Equal((404, $"The log of chain 1 has no bundle {s_id}."), ((int)status, body.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task What_is_no_id_is_refused()
    {
        Begin();

        var (status, body) = await api.GetAsync("/bundle/0x12");

        Assert.Equal((400, "'0x12' is not a valid bundle id: expected 0x and 64 hex digits."), ((int)status, body.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Relays_are_listed_with_their_health()
    {
        api.Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetRelays), new RelaysAnswer(
            new GlobalSeq(5),
            [
                new RelayReport { Relay = "titan", Breaker = BreakerState.Open, MaySend = false, OpenUntil = s_time, WeightBasisPoints = 1, Attempts = 2, Accepted = 3, Failed = 4, LatencyMicroseconds = 6, Landed = 7, LastAttempt = new GlobalSeq(8) },
                new RelayReport { Relay = "ultra", Breaker = BreakerState.HalfOpen, MaySend = true, OpenUntil = null, WeightBasisPoints = 9, Attempts = 0, Accepted = 0, Failed = 0, LatencyMicroseconds = 0, Landed = 0, LastAttempt = default },
            ],
            Unfollowed: 10));

        var (_, body) = await api.GetAsync("/relays");

        JsonText.AssertIs(body, $$"""
            {"chain":"1","asOfSeq":5,"relays":[
             {"relay":"titan","breaker":"open","maySend":false,"openUntil":"{{s_time.ToRfc3339()}}","weightBasisPoints":1,"attempts":2,"accepted":3,"failed":4,"latencyMicroseconds":6,"landed":7,"lastAttemptSeq":8},
             {"relay":"ultra","breaker":"half_open","maySend":true,"openUntil":null,"weightBasisPoints":9,"attempts":0,"accepted":0,"failed":0,"latencyMicroseconds":0,"landed":0,"lastAttemptSeq":null}],
             "unfollowed":10}
            """);
    }

    private void Begin(params SequencedRecord[] records)
    {
        api.Begin();
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.ReadKey), new RecordPage(records, new GlobalSeq(40), new GlobalSeq(40)));
    }
}
