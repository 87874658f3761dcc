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

/// <summary>GET /decode of accounts that the registry does not know: the state is asked whose code they run, a bounded number of times.</summary>
public sealed class DelegatedCallAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private const string Batcher = "0x00000000000000000000000000000000000000aa";
    private const string Token = "0x00000000000000000000000000000000000000bb";
    private const string Proxy = "0x00000000000000000000000000000000000000cc";
    private const string Inner = "0x00000000000000000000000000000000000000dd";

    private static readonly Hash256 s_block = Keccak256.Hash("block"u8);

    private static readonly byte[] s_registry = Encoding.UTF8.GetBytes($$$"""
        {"format": 1,
         "abis": {
           "batcher": {"protocol": "batcher", "functions": [{"signature": "call(address target, bytes data)", "category": "accountAbstraction", "calls": {"target": "target", "data": "data"}}]},
           "token": {"protocol": "token", "functions": [{"signature": "burn()", "category": "transfer"}]}},
         "contracts": [
           {"address": "{{{Batcher}}}", "name": "Batcher", "protocol": "batcher", "kind": "wallet", "abis": ["batcher"]},
           {"address": "{{{Token}}}", "name": "Token", "protocol": "token", "kind": "token", "abis": ["token"]}]}
        """);

    /// <summary>call(Inner, burn()).</summary>
    private static readonly string s_batch = "0x" + Convert.ToHexStringLower(Keccak256.Hash("call(address,bytes)"u8).ToArray()[..4])
        + new string('0', 24) + Inner[2..] + new string('0', 62) + "40" + new string('0', 62) + "04" + Burn() + new string('0', 56);

    [Fact]
    public async Task A_delegated_account_is_decoded_by_the_code_that_it_runs_and_so_is_what_it_calls()
    {
        Begin((Proxy, Batcher, DelegateKind.Delegation), (Inner, Token, DelegateKind.ImplementationSlot));

        var (_, body) = await api.GetAsync($"/decode?to={Proxy}&data={s_batch}");

        var call = body.GetProperty("decode").GetProperty("call");
        Assert.Equal(("decoded", "Batcher", Batcher, "delegation"), (Text(call, "status"), Text(call, "contract"), Text(call.GetProperty("code"), "account"), Text(call.GetProperty("code"), "kind")));
        var inner = call.GetProperty("calls")[0];
        Assert.Equal(("decoded", "Token", Token, "implementationSlot"), (Text(inner, "status"), Text(inner, "contract"), Text(inner.GetProperty("code"), "account"), Text(inner.GetProperty("code"), "kind")));
        JsonText.AssertIs(body.GetProperty("state"), $$"""{"block":"{{s_block}}","number":"7","isProven":true,"problem":null}""");
        Assert.Equal([Proxy, Inner], Asked());
    }

    [Fact]
    public async Task Without_a_node_the_registry_alone_decides_and_nothing_is_said_of_state()
    {
        Begin();
        api.Grains.Set<ISimulatorGrain>(nameof(ISimulatorGrain.ReadCodeDelegates), new CodeDelegatesAnswer { HasState = false });

        var (_, body) = await api.GetAsync($"/decode?to={Proxy}&data={s_batch}");

        Assert.Equal(JsonValueKind.Null, body.GetProperty("state").ValueKind);
        Assert.Equal("undecodable", Text(body.GetProperty("decode").GetProperty("call"), "status"));
    }

    [Fact]
    public async Task Contracts_of_the_registry_are_not_asked_for()
    {
        Begin();

        var (_, body) = await api.GetAsync($"/decode?to={Token}&data=0x{Burn()}");

        Assert.Equal(JsonValueKind.Null, body.GetProperty("state").ValueKind);
        Assert.Empty(Asked());
    }

    [Fact]
    public async Task What_could_not_be_read_is_said()
    {
        Begin();
        api.Grains.Set<ISimulatorGrain>(nameof(ISimulatorGrain.ReadCodeDelegates), new CodeDelegatesAnswer { HasState = true, Problem = "The node did not provide the state within 2 s." });

        var (_, body) = await api.GetAsync($"/decode?to={Proxy}&data={s_batch}");

        JsonText.AssertIs(body.GetProperty("state"), """{"block":null,"number":null,"isProven":false,"problem":"The node did not provide the state within 2 s."}""");
    }

    [Fact]
    public async Task An_account_is_asked_for_once_whatever_it_is_said_to_run()
    {
        Begin((Proxy, Proxy, DelegateKind.MinimalProxy));

        await api.GetAsync($"/decode?to={Proxy}&data={s_batch}");

        Assert.Equal([Proxy], Asked());
    }

    private static string Burn() => Convert.ToHexStringLower(Keccak256.Hash("burn()"u8).ToArray()[..4]);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private List<string> Asked() =>
        [.. api.Grains.Calls.Where(static call => call.Call == nameof(ISimulatorGrain.ReadCodeDelegates)).SelectMany(static call => (IReadOnlyList<Address>)call.Arguments[0]!).Select(static account => account.ToString())];

    private void Begin(params (string Account, string Code, DelegateKind Kind)[] delegates)
    {
        api.Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetRegistry), new RegistryStatus(Keccak256.Hash(s_registry), "own.json", new GlobalSeq(2)));
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.ReadRules), new ReadOnlyMemory<byte>(s_registry));
        api.Grains.Set<ISimulatorGrain>(nameof(ISimulatorGrain.ReadCodeDelegates), (_, arguments) => new CodeDelegatesAnswer
        {
            HasState = true,
            Block = s_block,
            Number = new BlockNumber(7),
            IsProven = true,
            Delegates =
            [
                .. delegates.Where(one => ((IReadOnlyList<Address>)arguments[0]!).Contains(Address.Parse(one.Account)))
                    .Select(static one => new CodeDelegateView(Address.Parse(one.Account), Address.Parse(one.Code), (int)one.Kind)),
            ],
        });
    }
}
