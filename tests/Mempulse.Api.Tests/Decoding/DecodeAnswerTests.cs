using System.Net;
using System.Text;
using System.Text.Json;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Decoding;
using Mempulse.Grains.Abstractions.Decoding;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Rules;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests.Decoding;

/// <summary>GET and POST /decode over a registry that the log states: the call of the request, no more and no less.</summary>
public sealed class DecodeAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private const string Weth = "0x00000000000000000000000000000000000000aa";
    private const string Caller = "0x00000000000000000000000000000000000000bb";

    private static readonly byte[] s_registry = Encoding.UTF8.GetBytes($$$"""
        {"format": 1,
         "abis": {"weth": {"protocol": "weth", "functions": [{"signature": "deposit()", "category": "swap", "effects": [
           {"kind": "wrap", "tokenIn": "0x0000000000000000000000000000000000000000", "amountIn": "@value", "tokenOut": "@target", "amountOut": "@value", "counterparty": "@sender"}]}]}},
         "contracts": [{"address": "{{{Weth}}}", "fromBlock": 100, "name": "WETH", "protocol": "weth", "kind": "token", "abis": ["weth"]}]}
        """);

    private static readonly Hash256 s_hash = Keccak256.Hash(s_registry);

    [Fact]
    public async Task A_call_is_decoded_by_the_registry_in_force_with_its_sender_and_its_value()
    {
        Begin();

        var (status, body) = await api.GetAsync($"/decode?to={Weth}&data=0xd0e30db0&from={Caller}&value=12");

        Assert.Equal(HttpStatusCode.OK, status);
        JsonText.AssertIs(body, $$$"""
            {"chain":"1","registry":"{{{s_hash}}}","decode":{
              "call":{"node":0,"kind":"call","status":"decoded","target":"{{{Weth}}}","value":"12","contract":"WETH","protocol":"weth","function":"deposit","signature":"deposit()","layout":"weth","category":"swap","arguments":{}},
              "trades":[],
              "effects":[{"kind":"wrap","node":0,"tokenIn":"0x0000000000000000000000000000000000000000","amountIn":{"meaning":"exact","value":"12"},"tokenOut":"{{{Weth}}}","amountOut":{"meaning":"exact","value":"12"},"counterparty":"{{{Caller}}}"}],
              "isCut":false},"state":null}
            """);
    }

    [Fact]
    public async Task The_amounts_of_a_function_that_drifts_are_not_called_exact()
    {
        Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetDriftingFunctions), new[] { new DriftingFunction(Address.Parse(Weth), "weth", "deposit()") });

        var (_, body) = await api.GetAsync($"/decode?to={Weth}&data=0xd0e30db0&from={Caller}&value=12");

        Assert.True(body.GetProperty("decode").GetProperty("call").GetProperty("drifting").GetBoolean());
        var effect = body.GetProperty("decode").GetProperty("effects")[0];
        Assert.Equal(("stated", "12"), (effect.GetProperty("amountIn").GetProperty("meaning").GetString(), effect.GetProperty("amountIn").GetProperty("value").GetString()));
        Assert.Equal("stated", effect.GetProperty("amountOut").GetProperty("meaning").GetString());
    }

    [Fact]
    public async Task The_body_of_a_request_says_the_same_as_its_address()
    {
        Begin();
        var (_, get) = await api.GetAsync($"/decode?to={Weth}&data=0xd0e30db0&from={Caller}&value=12&block=100");

        var (status, post) = await api.PostAsync("/decode", $$"""{"to":"{{Weth}}","data":"0xd0e30db0","from":"{{Caller}}","value":"0xc","block":"100"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        JsonText.AssertIs(post, get.GetRawText());
    }

    [Theory]
    [InlineData("99", "unknownSelector")]
    [InlineData("100", null)]
    public async Task The_entries_of_the_block_hold(string block, string? reason)
    {
        Begin();

        var (_, body) = await api.GetAsync($"/decode?to={Weth}&data=0xd0e30db0&block={block}");

        Assert.Equal(reason, body.GetProperty("decode").GetProperty("call").TryGetProperty("reason", out var found) ? found.GetString() : null);
    }

    [Theory]
    [InlineData("data=0x", "'null' is not a valid 'to'")]
    [InlineData("to=0x12", "'0x12' is not a valid 'to': expected 0x and 40 hex digits.")]
    [InlineData($"to={Weth}&data=0x123", "'0x123' is not valid 'data'")]
    [InlineData($"to={Weth}&data=0x12zz", "'0x12zz' is not valid 'data'")]
    [InlineData($"to={Weth}&from=me", "'me' is not a valid 'from'")]
    [InlineData($"to={Weth}&value=-1", "'-1' is not a valid 'value'")]
    [InlineData($"to={Weth}&block=0x1", "'0x1' is not a valid 'block'")]
    [InlineData($"to={Weth}&tx={Weth}", "'tx' is a whole call")]
    [InlineData("tx=0x12", "'0x12' is not a valid 'tx'")]
    [InlineData($"to={Weth}&gas=1", "'gas' is not a parameter of /decode")]
    public async Task Bad_input_is_answered_with_a_sentence(string query, string expected)
    {
        Begin();

        var (status, body) = await api.GetAsync($"/decode?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith(expected, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(1, HttpStatusCode.BadRequest)]
    public async Task Calldata_may_have_exactly_the_bound(int more, HttpStatusCode expected)
    {
        Begin();
        string data = "0xd0e30db0" + new string('0', 2 * (DecodeBounds.MaxCalldataBytes - 4 + more));

        var (status, _) = await api.PostAsync("/decode", $$"""{"to":"{{Weth}}","data":"{{data}}"}""");

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Without_a_registry_the_service_says_so()
    {
        Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetRegistry), (object?)null);

        var (status, body) = await api.GetAsync($"/decode?to={Weth}");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("No registry is in force on chain 1 yet.", body.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_registry_whose_content_is_gone_is_named()
    {
        Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetRegistry), new RegistryStatus(Keccak256.Hash("gone"u8), "own.json", new GlobalSeq(2)));
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.ReadRules), (object?)null);

        var (status, body) = await api.GetAsync($"/decode?to={Weth}");

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Contains($"The registry {Keccak256.Hash("gone"u8)} of chain 1 is not beside its log", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_content_is_read_once_and_again_when_another_registry_is_in_force()
    {
        Begin();
        await api.GetAsync($"/decode?to={Weth}");
        int before = Reads();
        await api.GetAsync($"/decode?to={Weth}");
        Assert.Equal(before, Reads());

        byte[] other = """{"format": 1}"""u8.ToArray();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetRegistry), new RegistryStatus(Keccak256.Hash(other), "other.json", new GlobalSeq(9)));
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.ReadRules), new ReadOnlyMemory<byte>(other));
        var (_, body) = await api.GetAsync($"/decode?to={Weth}");

        Assert.Equal(Keccak256.Hash(other).ToString(), body.GetProperty("registry").GetString());
        Assert.False(body.GetProperty("decode").GetProperty("call").TryGetProperty("contract", out JsonElement _));
    }

    private int Reads() => api.Grains.Calls.Count(call => call.Call == nameof(ILogReaderGrain.ReadRules));

    private void Begin()
    {
        api.Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetRegistry), new RegistryStatus(s_hash, "own.json", new GlobalSeq(2)));
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.ReadRules), (_, arguments) => (Hash256)arguments[0]! == s_hash ? new ReadOnlyMemory<byte>(s_registry) : null);
        api.Grains.Set<ISimulatorGrain>(nameof(ISimulatorGrain.ReadCodeDelegates), new CodeDelegatesAnswer { HasState = false });
    }
}
