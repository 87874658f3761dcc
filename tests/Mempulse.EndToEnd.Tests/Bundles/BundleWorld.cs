using System.Globalization;
using System.Text.Json.Nodes;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Execution;
using Mempulse.Testing.Processes;
using Mempulse.Primitives;
using Mempulse.RelaySim;
using Mempulse.Testing.Anvil;

namespace Mempulse.EndToEnd.Tests.Bundles;

/// <summary>Two exchanges of real contracts on a real node, the executor with wrapped ether to trade with, and relays on loopback.</summary>
internal sealed class BundleWorld : IAsyncDisposable
{
    /// <summary>The signer that is the operator.</summary>
    public const int Operator = 2;

    /// <summary>The operator's key. Nothing may show it.</summary>
    public static readonly string Key = PlantedSecrets.OperatorKey;

    /// <summary>The key that signs requests to relays. Nothing may show it.</summary>
    public static readonly string RelayKey = PlantedSecrets.RelayKey;

    private readonly List<(string Dialect, RelaySimulator Relay)> _relays = [];
    private readonly TemporaryFolder _data = new();

    private BundleWorld(UniswapChain chain) => Chain = chain;

    public UniswapChain Chain { get; }

    /// <summary>Where the node writes.</summary>
    public string DataPath => _data.Path;

    /// <summary>The executor contract.</summary>
    public Address Executor { get; private set; }

    public static async Task<BundleWorld> StartAsync(CancellationToken stop)
    {
        var world = new BundleWorld(await UniswapChain.StartAsync(stop, "--order", "fifo"));
        await world.Chain.AddExchangeAsync(stop);
        world.Executor = await world.DeployExecutorAsync(Operator, stop);
        await File.WriteAllTextAsync(world.RegistryPath, ChainRegistry.Of(world.Chain, await Checkout.RegistryAsync(stop)), stop);
        return world;
    }

    /// <summary>Deploys an executor that a signer owns, and gives it wrapped ether to trade with.</summary>
    public Task<Address> DeployExecutorAsync(int signer, CancellationToken stop) => Chain.DeployTraderAsync(signer, ExecutorArtifact.CreationOf(Chain.Weth), milliEther: 20_000, stop);

    /// <summary>Starts a relay that lands bundles on the chain.</summary>
    public async Task<RelaySimulator> AddRelayAsync(string dialect, CancellationToken stop, bool lands = true)
    {
        var relay = await RelaySimulator.StartAsync(
            new SimulatorPlan { Dialect = RelayDialects.Find(dialect)!, Time = TimeProvider.System, Node = lands ? new Uri(Chain.Node.HttpAddress) : null }, stop);
        _relays.Add((dialect, relay));
        return relay;
    }

    /// <summary>Starts the node with the operator and the relays.</summary>
    public Task<NodeProcess> StartNodeAsync(CancellationToken stop, params KeyValuePair<string, string>[] more) =>
        NodeProcess.StartAsync([.. Settings(), .. more], stop, "--rpc", Chain.Node.WebSocketAddress, "--data", DataPath);

    /// <summary>Starts the node without an operator: it finds and simulates, and makes no bundles.</summary>
    public Task<NodeProcess> StartIdleNodeAsync(CancellationToken stop, params KeyValuePair<string, string>[] more) =>
        NodeProcess.StartAsync([.. BookSettings(), .. more], stop, "--rpc", Chain.Node.WebSocketAddress, "--data", DataPath);

    /// <summary>Sends the victim's swap to the public mempool.</summary>
    public async Task<string> SwapAsync(CancellationToken stop, ulong milliEther = 2_000) =>
        (await Chain.Node.CallAsync("eth_sendRawTransaction", stop, "0x" + Convert.ToHexStringLower(Chain.SignSwap(milliEther)))).GetString()!;

    /// <summary>The executor's wrapped ether.</summary>
    public async Task<UInt256> HoldingsAsync(CancellationToken stop)
    {
        var answer = await Chain.Node.CallAsync("eth_call", stop, new JsonObject { ["to"] = Chain.Weth.ToString(), ["data"] = "0x" + Convert.ToHexStringLower(UniswapChain.Data("balanceOf(address)", Executor)) }, "latest");
        return UInt256.FromBigEndian(Convert.FromHexString(answer.GetString().AsSpan(2)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, relay) in _relays)
        {
            await relay.DisposeAsync();
        }

        await Chain.DisposeAsync();
        _data.Dispose();
    }

    private string RegistryPath => Path.Combine(DataPath, "registry.json");

    private IEnumerable<KeyValuePair<string, string>> BookSettings() =>
        [KeyValuePair.Create("Mempulse__Rules__Registry", RegistryPath), KeyValuePair.Create("Mempulse__Book__Interval", "0:00:00.05")];

    private IEnumerable<KeyValuePair<string, string>> Settings()
    {
        foreach (var setting in BookSettings())
        {
            yield return setting;
        }

        yield return KeyValuePair.Create("Mempulse__Operator__Executor", Executor.ToString());
        yield return KeyValuePair.Create("MEMPULSE_OPERATOR_KEY", Key);
        yield return KeyValuePair.Create("TEST_RELAY_KEY", RelayKey);
        for (int i = 0; i < _relays.Count; i++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"Mempulse__Relays__{i}__");
            yield return KeyValuePair.Create(place + "Dialect", _relays[i].Dialect);
            yield return KeyValuePair.Create(place + "Url", _relays[i].Relay.Address.ToString());
            yield return KeyValuePair.Create(place + "CredentialVariable", "TEST_RELAY_KEY");
        }
    }
}
