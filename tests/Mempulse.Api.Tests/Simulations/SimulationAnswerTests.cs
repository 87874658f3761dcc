using System.Net;
using Mempulse.Api.Tests.Events;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Ethereum.Hashing;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Rules;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Tests.Simulations;

/// <summary>POST /simulate and GET /sim: what the simulator is asked, and what becomes of its answer.</summary>
public sealed class SimulationAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private const string Account = "0x0000000000000000000000000000000000000001";
    private static readonly string _hash = "0x" + new string('3', 64);

    private static readonly Dictionary<SimAnswerKind, HttpStatusCode> _codes = new()
    {
        [SimAnswerKind.Recorded] = HttpStatusCode.OK,
        [SimAnswerKind.BadRequest] = HttpStatusCode.BadRequest,
        [SimAnswerKind.UnknownBlock] = HttpStatusCode.NotFound,
        [SimAnswerKind.NoState] = HttpStatusCode.ServiceUnavailable,
        [SimAnswerKind.NotRecorded] = HttpStatusCode.ServiceUnavailable,
        [SimAnswerKind.Busy] = HttpStatusCode.ServiceUnavailable,
    };

    public static TheoryData<SimAnswerKind> Kinds => [.. Enum.GetValues<SimAnswerKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_bundle_is_answered_by_kind(SimAnswerKind kind)
    {
        var code = _codes[kind];
        api.Begin();
        api.Grains.Set<ISimulatorGrain>(nameof(ISimulatorGrain.Simulate), new SimAnswer { Kind = kind, Detail = "Why.", Sim = kind == SimAnswerKind.Recorded ? View() : null });

        var (status, answer) = await api.PostAsync("/simulate", """{"txs":["0x02"]}""");

        Assert.Equal(code, status);
        Assert.Equal(kind == SimAnswerKind.Recorded ? null : "Why.", answer.TryGetProperty("detail", out var detail) && kind != SimAnswerKind.Recorded ? detail.GetString() : null);
    }

    [Fact]
    public async Task Every_member_of_a_request_reaches_the_simulator()
    {
        api.Begin();
        api.Grains.Set<ISimulatorGrain>(nameof(ISimulatorGrain.Simulate), new SimAnswer { Kind = SimAnswerKind.Busy });

        await api.PostAsync("/simulate", $$"""
            {"txs":["0x0203","0x"],"stateBlockNumber":"0x10","revertingTxHashes":["{{_hash}}"],"account":"{{Account}}","parentBeaconBlockRoot":"{{_hash}}","stepDigest":true,
             "stateOverrides":{"{{Account}}":{"balance":"0x10","nonce":"18446744073709551615","code":"0x60","stateDiff":{"0x1":"2"} },"{{Account[..^1]}}2":{"code":"0x"},"{{Account[..^1]}}3":{} } }
            """);

        var query = Assert.IsType<SimQuery>(api.Grains.Calls.Single().Arguments[0]);
        Assert.All(query.Transactions, tx => Assert.False(tx.MayRevert)); // only those that are named by hash
        Assert.Equal(["0203", string.Empty], query.Transactions.Select(tx => Convert.ToHexString(tx.Raw.Span)));
        Assert.Equal(("0x10", true, _hash, Account, _hash), (query.Block, query.DigestsSteps, query.Reverting.Single().ToString(), query.Account.ToString(), query.ParentBeaconRoot.ToString()));
        Assert.Equal((16UL, ulong.MaxValue, "60"), (query.Overrides[0].Balance!.Value.Value.LowUInt64, query.Overrides[0].Nonce!.Value.Value, Convert.ToHexString(query.Overrides[0].Code!.Value.Span)));
        Assert.Equal((1, 2), (query.Overrides[0].Slots.Single().Key.ToArray()[31], query.Overrides[0].Slots.Single().Value.ToArray()[31]));
        Assert.True(query.Overrides[1].Code is { IsEmpty: true }); // empty code, not unchanged code
        Assert.Equal((null, null, null), (query.Overrides[2].Code is null ? null : "code", query.Overrides[2].Balance is null ? null : "balance", query.Overrides[2].Nonce is null ? null : "nonce"));
    }

    [Fact]
    public async Task Without_a_block_the_latest_is_meant()
    {
        api.Begin();
        api.Grains.Set<ISimulatorGrain>(nameof(ISimulatorGrain.Simulate), new SimAnswer { Kind = SimAnswerKind.Busy });

        await api.PostAsync("/simulate", """{"txs":["0x02"]}""");

        var query = Assert.IsType<SimQuery>(api.Grains.Calls.Single().Arguments[0]);
        Assert.Equal(("latest", false), (query.Block, query.DigestsSteps));
        Assert.True(query.Account is null && query.ParentBeaconRoot is null);
    }

    [Theory]
    [InlineData("latest", true)]
    [InlineData("safe", true)]
    [InlineData("finalized", true)]
    [InlineData("earliest", true)]
    [InlineData("0xffffffffffffffff", true)]
    [InlineData("0x3333333333333333333333333333333333333333333333333333333333333333", true)]
    [InlineData("pending", false)]
    [InlineData("Latest", false)]
    [InlineData("1234", false)]
    [InlineData("0x10000000000000000", false)]
    [InlineData("0x333333333333333333333333333333333333333333333333333333333333333", false)]
    public async Task A_base_block_is_a_tag_a_height_or_a_hash(string block, bool isValid)
    {
        api.Begin();
        api.Grains.Set<ISimulatorGrain>(nameof(ISimulatorGrain.Simulate), new SimAnswer { Kind = SimAnswerKind.Busy });

        var (status, _) = await api.PostAsync("/simulate", $$"""{"txs":["0x02"],"stateBlockNumber":"{{block}}"}""");

        Assert.Equal((isValid ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.BadRequest, isValid), (status, api.Grains.Calls.Any(call => call.Arguments[0] is SimQuery query && query.Block == block)));
    }

    [Theory]
    [InlineData(80, "")]
    [InlineData(81, "...")]
    public async Task A_wrong_value_is_repeated_up_to_80_characters(int length, string end)
    {
        api.Begin();

        var (_, problem) = await api.PostAsync("/simulate", $$"""{"txs":["{{new string('z', length)}}"]}""");

        Assert.StartsWith($"'{new string('z', 80)}{end}' is not a valid 'txs[0]'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("?trace=true", true)]
    [InlineData("?trace=false", false)]
    public async Task The_trace_is_left_out_on_request(string query, bool hasTrace)
    {
        api.Begin();
        api.Grains.Set<ISimLedgerGrain>(nameof(ISimLedgerGrain.Find), View());

        var (_, sim) = await api.GetAsync($"/sim/{_hash}{query}");

        Assert.Equal(hasTrace, sim.GetProperty("trace").ValueKind == System.Text.Json.JsonValueKind.Array);
        Assert.Equal(_hash, api.Grains.Calls.First().Arguments[0]!.ToString());
    }

    [Fact]
    public async Task What_each_transaction_is_for_is_read_from_its_trace_by_what_moved_and_by_its_call()
    {
        const string Token = "0x00000000000000000000000000000000000000aa";
        const string Transfer = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
        string Word(int number) => $"0x{number:x64}";
        string trace = $$"""
            [{"type":"CALL","from":"{{Account}}","to":"{{Token}}","value":"0x0","input":"0xa9059cbb{{Word(2)[2..]}}{{Word(7)[2..]}}",
              "calls":[{"type":"CALL","from":"{{Token}}","to":"{{Account}}","value":"0x9","input":"0x","error":"execution reverted"},
                       {"type":"STATICCALL","from":"{{Token}}","to":"{{Account}}","input":"0x"}],
              "logs":[{"address":"{{Token}}","topics":["{{Transfer}}","{{Word(1)}}","{{Word(2)}}"],"data":"{{Word(7)}}","position":"0x0"}]},
             {"type":"CALL","from":"{{Account}}","to":"{{Token}}","value":"0x5","input":"0x12345678","error":"execution reverted"},
             {"type":"CREATE","from":"{{Account}}","value":"0x0","input":"0x"}]
            """;
        byte[] registry = """{"format": 1, "selectors": [{"signature": "transfer(address,uint256)", "protocol": "p", "category": "transfer"}]}"""u8.ToArray();
        api.Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetRegistry), new RegistryStatus(Keccak256.Hash(registry), "own.json", new GlobalSeq(2)));
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.ReadRules), new ReadOnlyMemory<byte>(registry));
        api.Grains.Set<ISimLedgerGrain>(nameof(ISimLedgerGrain.Find), View() with { Trace = System.Text.Encoding.UTF8.GetBytes(trace) });

        var (_, sim) = await api.GetAsync($"/sim/{_hash}");

        JsonText.AssertIs(sim.GetProperty("labels"), $$"""
            [{"label":"transfer","source":"both","byAbi":"transfer","byFlow":"transfer","disagreement":false,"nets":[{"token":"{{Token}}","amount":"-7"}]},
             {"label":"unknown","source":"neither","byAbi":"unknown","byFlow":null,"disagreement":false,"nets":[]},
             {"label":"none","source":"neither","byAbi":"unknown","byFlow":"none","disagreement":false,"nets":[]}]
            """);
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "The witness is damaged.")]
    public async Task A_simulation_can_be_executed_again_while_its_witness_is_stored(bool hasWitness, string damage)
    {
        var view = View() with { HasWitness = hasWitness, Damage = damage };
        api.Begin();
        api.Grains.Set<ISimLedgerGrain>(nameof(ISimLedgerGrain.Find), view);

        var (_, sim) = await api.GetAsync($"/sim/{_hash}");

        Assert.Equal(hasWitness ? $"mempulse sim rerun {view.Fact.Sim} --log /logs/1" : null, sim.GetProperty("rerun").GetString());
        Assert.Equal(damage.Length > 0 ? damage : null, sim.GetProperty("damage").GetString());
        Assert.Equal(("Left", 44UL), (sim.GetProperty("base").GetProperty("standing").GetString(), sim.GetProperty("base").GetProperty("asOfSeq").GetUInt64()));
        Assert.Equal((OutcomeName.Of(view.Fact.Category), view.Fact.IsVerified, view.Fact.GasUsed.Value), (sim.GetProperty("outcome").GetString(), sim.GetProperty("verified").GetBoolean(), sim.GetProperty("gasUsed").GetUInt64()));
    }

    [Fact]
    public async Task Steps_are_lines_or_a_reason_why_there_are_none()
    {
        api.Begin();
        api.Grains.Set<ISimLedgerGrain>(nameof(ISimLedgerGrain.FindSteps), new SimSteps("{}\n"u8.ToArray(), string.Empty));
        using var lines = await api.RespondAsync($"/sim/{_hash}/steps");
        api.Grains.Set<ISimLedgerGrain>(nameof(ISimLedgerGrain.FindSteps), new SimSteps(null, "It stored none."));
        var (status, none) = await api.GetAsync($"/sim/{_hash}/steps");

        Assert.Equal((HttpStatusCode.OK, "application/x-ndjson", "{}\n"), (lines.StatusCode, lines.Content.Headers.ContentType?.MediaType, await lines.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal((HttpStatusCode.NotFound, "It stored none."), (status, none.GetProperty("detail").GetString()));
    }

    private static SimView View() => new()
    {
        Record = GoldenRecords.All.First(record => record.View.Kind == LogEvent.SimCompleted.KindNumber), Base = SimBaseStanding.Left, AsOf = new GlobalSeq(44), LogDirectory = "/logs/1", HasWitness = true, Trace = "[]"u8.ToArray(),
    };
}
