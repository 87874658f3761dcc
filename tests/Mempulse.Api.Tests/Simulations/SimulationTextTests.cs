using System.Text.Json;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Simulations;

/// <summary>What is on record of a simulation, and what its transactions did, has its own place in the answer.</summary>
public sealed class SimulationTextTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private static readonly UnixNanoseconds _time = new(1_769_860_800_000_000_000);
    private static readonly Hash256 _id = Named.Tx("sim");

    private static readonly LogEvent.SimCompleted _fact = new()
    {
        Sim = _id,
        Base = Named.Block("base"),
        Opportunity = Named.Tx("opportunity"),
        BaseNumber = new BlockNumber(40),
        Category = FailureCategory.Revert,
        FailedIndex = 1,
        Detail = "It reverted.",
        GasUsed = new Gas(21_000),
        CoinbasePayment = WeiDelta.Gain(new Wei(5)),
        Account = Named.Account("alice"),
        Profit = WeiDelta.Loss(new Wei(6)),
        IsVerified = true,
        LogsDigest = Named.Tx("logs"),
        TraceDigest = Named.Tx("trace"),
        WitnessDigest = Named.Tx("witness"),
        StepsDigest = Named.Tx("steps"),
        EngineVersion = 7,
        RulesVersion = 8,
        Transactions = [Named.Tx("a"), Named.Tx("b")],
    };

    [Fact]
    public async Task Every_part_of_a_record_is_shown_in_its_place()
    {
        Begin(View(_fact) with { Trace = "[1]"u8.ToArray() });

        var (_, sim) = await api.GetAsync($"/sim/{_id}?chain=5");

        JsonText.AssertIs(sim, $$"""
            {"chain":"5","id":"{{_id}}","seq":9,"time":"{{_time.ToRfc3339()}}","outcome":"Revert","detail":"It reverted.","failedIndex":1,"verified":true,
             "base":{"hash":"{{Named.Block("base")}}","number":40,"standing":"Left","asOfSeq":44},"gasUsed":21000,"coinbasePayment":"5","account":"{{Named.Account("alice")}}","profit":"-6",
             "opportunity":"{{Named.Tx("opportunity")}}","transactions":["{{Named.Tx("a")}}","{{Named.Tx("b")}}"],"results":null,"tokenDeltas":null,"labels":null,
             "digests":{"logs":"{{Named.Tx("logs")}}","trace":"{{Named.Tx("trace")}}","witness":"{{Named.Tx("witness")}}","steps":"{{Named.Tx("steps")}}"},"engineVersion":7,"rulesVersion":8,
             "rerun":"mempulse sim rerun {{_id}} --log /logs/5","steps":"/sim/{{_id}}/steps?chain=5","damage":null,"trace":[1]}
            """);
    }

    [Fact]
    public async Task What_is_not_on_record_is_null()
    {
        Begin(View(_fact with { Category = FailureCategory.None, FailedIndex = null, Opportunity = null, StepsDigest = null, IsVerified = false }) with { Trace = ReadOnlyMemory<byte>.Empty, HasWitness = false });

        var (_, sim) = await api.GetAsync($"/sim/{_id}?chain=5");

        Assert.All(["failedIndex", "opportunity", "results", "tokenDeltas", "rerun", "steps", "damage", "trace"], part => Assert.Equal(JsonValueKind.Null, sim.GetProperty(part).ValueKind));
        Assert.Equal(("ok", false, null), (sim.GetProperty("outcome").GetString(), sim.GetProperty("verified").GetBoolean(), sim.GetProperty("digests").GetProperty("steps").GetString()));
    }

    [Fact]
    public async Task Every_part_of_a_transaction_and_of_a_token_is_shown_in_its_place()
    {
        var plain = new SimTxView { Hash = Named.Tx("a"), Sender = Named.Account("alice"), Succeeded = true, Status = "Succeeded", GasUsed = new Gas(1), Output = default, CoinbasePayment = new Wei(2) };
        var full = new SimTxView
        {
            Hash = Named.Tx("b"),
            Sender = Named.Account("bob"),
            Succeeded = false,
            Status = "Reverted",
            GasUsed = new Gas(3),
            Output = new byte[] { 0x0a, 0xff },
            Revert = "No.",
            Created = Named.Account("made"),
            CoinbasePayment = new Wei(4),
            Logs = [new SimLog(Named.Account("token"), [Named.Tx("t1"), Named.Tx("t2")], new byte[] { 1 })],
            StepDigest = Named.Tx("steps"),
        };
        Begin(View(_fact), plain, full);

        foreach (bool hasTrace in (bool[])[true, false])
        {
            var (_, sim) = await api.PostAsync($"/simulate?chain=5&trace={(hasTrace ? "true" : "false")}", """{"txs":["0x02"]}""");

            JsonText.AssertIs(sim.GetProperty("results"), $$"""
                [{"txHash":"{{Named.Tx("a")}}","fromAddress":"{{Named.Account("alice")}}","succeeded":true,"status":"Succeeded","gasUsed":1,"returnData":"0x","revert":null,"contractAddress":null,"coinbasePayment":"2","logs":[],"stepDigest":null},
                 {"txHash":"{{Named.Tx("b")}}","fromAddress":"{{Named.Account("bob")}}","succeeded":false,"status":"Reverted","gasUsed":3,"returnData":"0x0aff","revert":"No.","contractAddress":"{{Named.Account("made")}}","coinbasePayment":"4",
                  "logs":[{"address":"{{Named.Account("token")}}","topics":["{{Named.Tx("t1")}}","{{Named.Tx("t2")}}"],"data":"0x01"}],"stepDigest":"{{Named.Tx("steps")}}"}]
                """);
            JsonText.AssertIs(sim.GetProperty("tokenDeltas"), $$"""[{"token":"{{Named.Account("token")}}","amount":"-12"}]""");
            Assert.Equal(hasTrace ? JsonValueKind.Array : JsonValueKind.Null, sim.GetProperty("trace").ValueKind);
        }
    }

    private static SimView View(LogEvent.SimCompleted fact) => new()
    {
        Record = Records.Fact(9, _time, "sim", fact), Base = SimBaseStanding.Left, AsOf = new GlobalSeq(44), LogDirectory = "/logs/5", HasWitness = true, Trace = "[]"u8.ToArray(),
    };

    private void Begin(SimView view, params SimTxView[] transactions)
    {
        api.Begin(static api => api.Chains = [new ChainId(1), new ChainId(5)]);
        api.Grains.Set<ISimLedgerGrain>(nameof(ISimLedgerGrain.Find), view);
        api.Grains.Set<ISimulatorGrain>(nameof(ISimulatorGrain.Simulate), new SimAnswer { Kind = SimAnswerKind.Recorded, Sim = view, Transactions = transactions, TokenDeltas = [new SimTokenDelta(Named.Account("token"), "-12")] });
    }
}
