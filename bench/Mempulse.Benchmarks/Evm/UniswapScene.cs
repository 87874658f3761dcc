using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Benchmarks.Ethereum;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Testing.Anvil;
using ZstdSharp;

namespace Mempulse.Benchmarks.Evm;

/// <summary>Uniswap V2 as its authors compiled it, on anvil: two tokens, their pair with liquidity, and the router.</summary>
internal sealed class UniswapScene
{
    private const string Artifacts = "tests/vectors/uniswap-v2/uniswap_v2_artifacts.json.zst";
    private const int SelectorBytes = 4;
    private static readonly string Most = new('f', 64);

    private readonly AnvilNode _node;
    private readonly JsonElement _contracts;
    private readonly string _owner;
    private readonly Dictionary<string, Address> _addresses = new(StringComparer.Ordinal);

    private UniswapScene(AnvilNode node, JsonElement contracts, string owner)
    {
        _node = node;
        _contracts = contracts;
        _owner = owner;
    }

    /// <summary>The account that owns everything and may trade through the router.</summary>
    public Address Owner => Address.Parse(_owner);

    /// <summary>The router.</summary>
    public Address Router => _addresses["router"];

    /// <summary>Deploys all of it.</summary>
    public static async Task<UniswapScene> BuildAsync(AnvilNode node)
    {
        await using var file = new DecompressionStream(File.OpenRead(RealTransactions.Find(Artifacts)), leaveOpen: false);
        using var document = await JsonDocument.ParseAsync(file);
        var accounts = await node.CallAsync("eth_accounts", default);
        var scene = new UniswapScene(node, document.RootElement.GetProperty("contracts").Clone(), accounts[0].GetString()!);
        await scene.BuildAsync();
        return scene;
    }

    /// <summary>Input of a swap of 1,000 units of one token for the other through the router.</summary>
    public byte[] Swap(Address to) => Call("swapExactTokensForTokens(uint256,uint256,address[],address,uint256)",
        Word(1_000), Word(0), Word(5 * UInt256.Size), Word(to), Most, Word(2), Word(_addresses["first"]), Word(_addresses["second"]));

    /// <summary>Makes an account a trader: it receives units of the first token and approves the router.</summary>
    public async Task GiveAsync(Address trader)
    {
        await SendAsync(_addresses["first"], Call("transfer(address,uint256)", Word(trader), Word(1L << 50)));
        await _node.CallAsync("anvil_impersonateAccount", default, trader.ToString());
        await MineAsync(Transaction(trader.ToString(), _addresses["first"], Hex(Call("approve(address,uint256)", Word(Router), Most))));
    }

    /// <summary>Many swaps, or many transfers of a token, in one call to the forwarder.</summary>
    public async Task<Workload> WorkloadAsync(string name, string unit, int rounds)
    {
        var forwarder = _addresses["forwarder"];
        var (callee, input) = name == "swap" ? (Router, Swap(forwarder)) : (_addresses["first"], Call("transfer(address,uint256)", Word(Router), Word(1)));
        var state = await StateAsync(Workload.Sender, forwarder, Forwarder.Input(callee, 2, input));
        return new Workload(name, unit, rounds, state, forwarder, Forwarder.Input(callee, rounds, input));
    }

    /// <summary>The state that a call reads, as the node reports it.</summary>
    public async Task<CallState> StateAsync(Address from, Address to, byte[] input) => CallState.FromPrestate(await _node.CallAsync(
        "debug_traceCall", default, Transaction(from.ToString(), to, Hex(input)), "latest", new JsonObject { ["tracer"] = "prestateTracer" }));

    /// <summary>Number of transactions that the owner has sent.</summary>
    public async Task<ulong> OwnerNonceAsync()
    {
        var nonce = await _node.CallAsync("eth_getTransactionCount", default, _owner, "latest");
        return ulong.Parse(nonce.GetString()!.AsSpan(2), NumberStyles.AllowHexSpecifier, NumberFormatInfo.InvariantInfo);
    }

    private async Task BuildAsync()
    {
        await DeployAsync("first", Creation("TestERC20") + Most[..32].PadLeft(64, '0'));
        await DeployAsync("second", Creation("TestERC20") + Most[..32].PadLeft(64, '0'));
        await DeployAsync("factory", Creation("UniswapV2Factory") + Word(Owner));
        await DeployAsync("weth", Creation("WETH9"));
        await DeployAsync("router", Creation("UniswapV2Router02") + Word(_addresses["factory"]) + Word(_addresses["weth"]));
        string code = Convert.ToHexStringLower(Forwarder.Code);
        await DeployAsync("forwarder", string.Create(CultureInfo.InvariantCulture, $"60{Forwarder.Code.Length:x2}80600a5f395ff300") + code);
        foreach (string token in new[] { "first", "second" })
        {
            byte[] approval = Call("approve(address,uint256)", Word(Router), Most);
            await SendAsync(_addresses[token], approval);
            await SendAsync(_addresses["forwarder"], Forwarder.Input(_addresses[token], 1, approval));
            await SendAsync(_addresses[token], Call("transfer(address,uint256)", Word(_addresses["forwarder"]), Word(1L << 50)));
        }

        await SendAsync(Router, Call("addLiquidity(address,address,uint256,uint256,uint256,uint256,address,uint256)",
            Word(_addresses["first"]), Word(_addresses["second"]), Word(1L << 60), Word(1L << 60), Word(0), Word(0), Word(Owner), Most));
        await SendAsync(Router, Swap(Owner));
    }

    private string Creation(string contract) => _contracts.GetProperty(contract).GetProperty("creation").GetString()![2..];

    private async Task DeployAsync(string name, string creation) =>
        _addresses[name] = Address.Parse((await MineAsync(Transaction(_owner, null, "0x" + creation))).GetProperty("contractAddress").GetString()!);

    private Task<JsonElement> SendAsync(Address to, byte[] input) => MineAsync(Transaction(_owner, to, Hex(input)));

    private async Task<JsonElement> MineAsync(JsonObject transaction)
    {
        var hash = await _node.CallAsync("eth_sendTransaction", default, transaction);
        await _node.CallAsync("evm_mine", default);
        var receipt = await _node.CallAsync("eth_getTransactionReceipt", default, hash.GetString());
        return receipt.GetProperty("status").GetString() == "0x1" ? receipt : throw new InvalidDataException($"A step of the scene failed: {receipt}");
    }

    private static JsonObject Transaction(string from, Address? to, string data)
    {
        var transaction = new JsonObject { ["from"] = from, ["data"] = data, ["gas"] = to is null ? "0xb71b00" : "0x1000000" };
        if (to is { } recipient)
        {
            transaction["to"] = recipient.ToString();
        }

        return transaction;
    }

    private static byte[] Call(string signature, params string[] words)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)).CopyTo(hash);
        return [.. hash[..SelectorBytes], .. Convert.FromHexString(string.Concat(words))];
    }

    private static string Hex(byte[] bytes) => "0x" + Convert.ToHexStringLower(bytes);

    private static string Word(Address address) => address.ToString()[2..].PadLeft(64, '0').ToLowerInvariant();

    private static string Word(long value) => value.ToString("x64", CultureInfo.InvariantCulture);
}
