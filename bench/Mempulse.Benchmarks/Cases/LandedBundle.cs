using System.Globalization;
using System.Text.Json;
using Mempulse.Benchmarks.Node;
using Mempulse.Benchmarks.Ranking;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Execution;
using Mempulse.Builder.Operators;
using Mempulse.Primitives;
using Mempulse.RelaySim;
using Mempulse.RelaySim.Bundles;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Waiting;

namespace Mempulse.Benchmarks.Cases;

/// <summary>The data of a node that built a bundle beside other traffic, sent it, and saw it land.</summary>
/// <param name="Directory">Its data.</param>
/// <param name="Bundle">The bundle's id.</param>
/// <param name="Events">Events in its log.</param>
internal sealed record LandedBundle(string Directory, string Bundle, long Events)
{
    private const int Trader = 1;
    private const int Operator = 2;
    private const ulong MilliEther = 20_000;
    private const ulong SwapMilliEther = 2_000;

    /// <summary>Transfers that wait beside the swap: with it and the bundle they fit into a block.</summary>
    private const int Transfers = 1_000;

    /// <summary>Runs the node on an anvil with two exchanges.</summary>
    /// <param name="directory">Where it writes.</param>
    public static async Task<LandedBundle> MakeAsync(string directory)
    {
        await using var chain = await UniswapChain.StartAsync(default, "--order", "fifo");
        await chain.AddExchangeAsync(default);
        var executor = await chain.DeployTraderAsync(Operator, ExecutorArtifact.CreationOf(chain.Weth), MilliEther, default);
        var dialect = RelayDialects.Find("buildernet")!;
        await using var relay = await RelaySimulator.StartAsync(new SimulatorPlan { Dialect = dialect, Time = TimeProvider.System, Node = new Uri(chain.Node.HttpAddress) }, default);
        string registry = Path.Combine(directory, "registry.json");
        await File.WriteAllTextAsync(registry, ChainRegistry.Of(chain, await File.ReadAllTextAsync(MainnetRules.Path)));
        await using var node = await ServedNode.StartAsync(directory, chain.Node.WebSocketAddress, Settings(registry, executor, dialect, relay));
        await WaitAsync(node, "/status", static status => status.GetProperty("fold").GetProperty("headNumber").ValueKind == JsonValueKind.Number, "the node follows the chain");

        await chain.Node.BatchAsync(Enumerable.Range(0, Transfers).Select(i => Send(chain.Sign(Trader, chain.NonceOf(Trader) + (ulong)i, executor, UInt256.Zero, [], gas: 25_000))), default);
        await chain.Node.BatchAsync([Send(chain.SignSwap(SwapMilliEther))], default);
        await Until.TrueAsync(() => relay.Pool.All.Any(static bundle => bundle.Fate == BundleFate.Waiting), "the bundle arrived");
        await relay.LandAsync(default);
        await WaitAsync(node, "/events?types=BundleOutcome", static page => page.GetProperty("events").EnumerateArray().Any(IsLanded), "the bundle landed and its receipts are known");
        var built = await node.GetAsync("/events?types=BundleBuilt&limit=1");
        return new LandedBundle(directory, built.GetProperty("events")[0].GetProperty("bundle").GetString()!, (await node.GetAsync("/status")).GetProperty("log").GetProperty("watermark").GetInt64());
    }

    private static bool IsLanded(JsonElement record) => record.GetProperty("payload") is var outcome && outcome.GetProperty("verdict").GetString() == "Landed" && outcome.GetProperty("realisedKnown").GetBoolean();

    private static Task WaitAsync(ServedNode node, string path, Func<JsonElement, bool> isWanted, string what) => Until.TrueAsync(async () => isWanted(await node.GetAsync(path)), what);

    private static (string Method, System.Text.Json.Nodes.JsonNode?[] Parameters) Send(byte[] raw) => ("eth_sendRawTransaction", ["0x" + Convert.ToHexStringLower(raw)]);

    private static IEnumerable<KeyValuePair<string, string>> Settings(string registry, Address executor, RelayDialect dialect, RelaySimulator relay) =>
    [
        KeyValuePair.Create("Mempulse__Rules__Registry", registry),
        KeyValuePair.Create("Mempulse__Book__Interval", "0:00:00.05"),
        KeyValuePair.Create("Mempulse__Operator__Executor", executor.ToString()),
        KeyValuePair.Create("Mempulse__Bundles__Sending", "Live"),
        KeyValuePair.Create(OperatorKey.KeyVariable, string.Concat(Enumerable.Repeat((0x41 + Operator).ToString("x2", CultureInfo.InvariantCulture), 32))), // that of the operator among the chain's signers
        KeyValuePair.Create("Mempulse__Relays__0__Dialect", dialect.Name),
        KeyValuePair.Create("Mempulse__Relays__0__Url", relay.Address.ToString()),
        KeyValuePair.Create("Mempulse__Relays__0__CredentialVariable", OperatorKey.KeyVariable),
    ];
}
