using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Opportunities;

/// <summary>GET /opps and /opps/{id}: every figure of an opportunity in its place, with what it means in words and its events as evidence.</summary>
public sealed class OppAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private static readonly Hash256 s_id = Named.Tx("opp");
    private static readonly Address s_token = Named.Account("ether");
    private static readonly UnixNanoseconds s_time = new(1_769_860_800_000_000_000);

    private static OppView View { get; } = new()
    {
        Id = s_id, Trigger = Named.Tx("trigger"), Base = Named.Block("base"), BaseNumber = new BlockNumber(7), Strategy = "backrun-arbitrage", StrategyVersion = 2, Registry = Named.Block("registry"),
        Purpose = OppPurpose.Gain, Extractor = "e/1", Scorer = "s/3", Urgency = 11, Worth = 12, Risk = -13, Score = 14, Value = new Wei(15), Token = s_token, Obstacle = string.Empty, Before = [Named.Tx("earlier")], Input = 16, Profit = 17,
        IsExact = true, SaferMinimum = default, IsHandedOn = true, RankedBelow = 18, Status = "Open", End = OppEnd.None, By = null, Simulation = null,
        Legs = [new OppLegView { Pool = Named.Account("pool"), PoolId = default, Protocol = "uniswap-v2", TokenIn = s_token, TokenOut = Named.Account("token"), AmountIn = 16, AmountOut = 19, Form = OppLegForm.Pair }],
    };

    [Fact]
    public async Task Every_figure_is_in_its_place()
    {
        Begin(View with { Simulation = new OppSimView(Named.Tx("sim"), FailureCategory.Revert, IsLoss: true, new Wei(20), new Gas(21), IsVerified: true) });

        var (_, body) = await api.GetAsync("/opps");

        JsonText.AssertIs(body, $$"""
            {"chain":"1","asOfSeq":1,"strategies":["backrun-arbitrage/2"],"open":2,"closed":3,"detected":4,"handedOn":5,"notSimulable":22,"leftOut":6,"note":null,"opportunities":[
             {"id":"{{s_id}}","status":"Open","reason":null,"by":null,"strategy":"backrun-arbitrage/2","purpose":"Gain","trigger":"{{Named.Tx("trigger")}}","base":"{{Named.Block("base")}}","baseNumber":7,
              "registry":"{{Named.Block("registry")}}","score":{"total":14,"urgency":11,"worth":12,"risk":-13,"extractor":"e/1","scorer":"s/3"},"value":"15","token":"{{s_token}}","input":"16","profit":"17","exact":true,
              "saferMinimum":null,"handedOn":true,"notSimulated":null,"before":["{{Named.Tx("earlier")}}"],"rankedBelow":18,
              "legs":[{"pool":"{{Named.Account("pool")}}","poolId":null,"protocol":"uniswap-v2","tokenIn":"{{s_token}}","tokenOut":"{{Named.Account("token")}}","amountIn":"16","amountOut":"19"}],
              "simulation":{"id":"{{Named.Tx("sim")}}","outcome":"{{OutcomeName.Of(FailureCategory.Revert)}}","profit":"-20","gasUsed":21,"verified":true} } ] }
            """);
    }

    [Theory]
    [InlineData(0, 8, "No pool is known yet: 8 are to be read from a node of the chain. Without one (--rpc, or --state-rpc beside a capture) strategies find nothing.")]
    [InlineData(0, 0, "No pool is known: none was asked for, because no pending transaction traded yet, or no registry is in force.")]
    [InlineData(1, 8, null)]
    public async Task Why_nothing_can_be_found_is_said(int held, int wanted, string? note)
    {
        Begin(View, held, wanted);

        Assert.Equal(note, (await api.GetAsync("/opps")).Body.GetProperty("note").GetString());
    }

    [Fact]
    public async Task One_is_explained_with_its_events()
    {
        Begin(View);
        var detected = new LogEvent.OppInvalidated(s_id, Named.Tx("trigger"), OppEnd.PoolMoved, null);
        Holds(detected);
        api.Grains.Set<IOpportunityGrain>(nameof(IOpportunityGrain.Read), new OppRecords(View, [Records.Derived(31, 30, s_time, detected)], new GlobalSeq(32), IsTruncated: true));

        var (_, body) = await api.GetAsync($"/opps/{s_id}");

        Assert.Equal((32, true, $"{s_id}"), (body.GetProperty("asOfSeq").GetInt32(), body.GetProperty("truncated").GetBoolean(), body.GetProperty("opportunity").GetProperty("id").GetString()));
        JsonText.AssertIs(body.GetProperty("evidence"), $$"""[{"seq":31,"time":"{{s_time.ToRfc3339()}}","type":"OppInvalidated","cause":30}]""");
        Assert.Equal(
            [
                $"After transaction {Named.Tx("trigger")}, 1 exchanges turn 16 of token {s_token} into 17 more of it, before gas.",
                "The amount is the best there is in the pools as they are after block 7.",
                "It scores 14 by s/3 on features of e/1: urgency 11, worth 12, risk -13. 18 others ranked above it when it was detected.",
                "1 transactions of the trigger's sender run before it, and were applied first.",
                "It was handed on to simulation, and the log has no result yet: it is tried again for as long as it holds.",
            ],
            body.GetProperty("explanation").EnumerateArray().Select(static line => line.GetString()));
    }

    [Fact]
    public async Task A_bundle_in_which_it_is_not_the_first_is_shown_too()
    {
        Begin(View);
        Holds(new LogEvent.BundleBuilt
        {
            Bundle = Named.Tx("bundle"), Base = Named.Block("base"), Sim = Named.Tx("sim"), Opportunities = [Named.Tx("better"), s_id], BaseNumber = new BlockNumber(7), Target = new BlockNumber(8), Strategy = "s", StrategyVersion = 1,
            Content = default, Operator = default, Account = default, Transactions = [], GasLimit = default, BaseFee = default, Tip = default, Payment = default, PaymentPolicy = "share/1", Profit = default,
            Uuid = string.Empty, Sequence = 1, IsSigned = true, IsDryRun = true, Token = default,
        });
        var expired = new LogEvent.OppExpired(s_id, Named.Tx("trigger"), OppEnd.TooOld);
        api.Grains.Set<IOpportunityGrain>(nameof(IOpportunityGrain.Read), new OppRecords(View with { Bundles = [Named.Tx("bundle")] }, [Records.Derived(31, 30, s_time, expired)], new GlobalSeq(32), IsTruncated: false));

        var (_, body) = await api.GetAsync($"/opps/{s_id}");

        Assert.Equal(Named.Tx("bundle").ToString(), Assert.Single(body.GetProperty("bundles").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task What_is_no_longer_held_is_told_by_its_events()
    {
        Begin(View);
        var expired = new LogEvent.OppExpired(s_id, Named.Tx("trigger"), OppEnd.TooOld);
        Holds(expired);
        api.Grains.Set<IOpportunityGrain>(nameof(IOpportunityGrain.Read), new OppRecords(null, [Records.Derived(31, 30, s_time, expired)], new GlobalSeq(32), IsTruncated: false));

        var (_, body) = await api.GetAsync($"/opps/{s_id}");

        Assert.Equal(System.Text.Json.JsonValueKind.Null, body.GetProperty("opportunity").ValueKind);
        Assert.Equal("It is no longer held: its events say what became of it.", Assert.Single(body.GetProperty("explanation").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task An_id_that_the_log_does_not_have_activates_no_grain()
    {
        Begin(View);
        Holds();

        var (status, _) = await api.GetAsync($"/opps/{Named.Tx("nothing")}");

        Assert.Equal(404, (int)status);
        Assert.DoesNotContain(api.Grains.Calls, static call => call.Call is nameof(IOpportunityGrain.Read) or nameof(IOpportunityGrain.Advance));
    }

    /// <summary>The key index finds these events.</summary>
    private void Holds(params LogEvent[] events) => api.Grains.Set<ILogReaderGrain>(
        nameof(ILogReaderGrain.ReadKey), new RecordPage([.. events.Select(static one => Records.Derived(31, 30, s_time, one))], new GlobalSeq(31), new GlobalSeq(31)));

    private void Begin(OppView view, int held = 1, int wanted = 0)
    {
        api.Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.ListOpportunities), new OppPage
        {
            AsOf = new GlobalSeq(1), Strategies = ["backrun-arbitrage/2"], Open = 2, Closed = 3, Detected = 4, HandedOn = 5, NotSimulable = 22, LeftOut = 6, PoolsHeld = held, PoolsWanted = wanted, Opportunities = [view],
        });
    }
}
