using System.Text.Json;
using Mempulse.Builder.Execution;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;
using ZstdSharp;

namespace Mempulse.Builder.Tests.Execution;

/// <summary>The executor with wrapped ether, two real pairs of Uniswap V2 and a real pool of Uniswap V3, called in our own EVM.</summary>
internal sealed class ExecutorScene
{
    private const string TickPool = "uniswap-v3-pool-500";

    /// <summary>The square root of the price of the pool with ticks: 1 dollar (6 decimals) is worth 1/2,000 ether, times 2^96.</summary>
    private static readonly UInt256 s_sqrtPrice = UInt256.TryParse("1771595571142957102961017161607260", out var price) ? price : default;

    private readonly Dictionary<string, byte[]> _creation = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _runtime = new(StringComparer.Ordinal);

    public ExecutorScene()
    {
        ReadArtifacts();
        Dollar = Address.Parse("0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48");
        Weth = Address.Parse("0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2");
        Scene.Put(Dollar, _runtime["WETH9"]); // any token will do: this one has the same transfers
        Scene.Put(Weth, _runtime["WETH9"]);
        Cheap = Pair(2_000_000_000_000UL);
        Dear = Pair(2_200_000_000_000UL);
        Ticks = PutTicks();
        Executor = Scene.Deploy(ExecutorArtifact.CreationOf(Weth));
        Give(Weth, Executor, Ether);
    }

    public static UInt256 Ether { get; } = 1_000_000_000_000_000_000UL;

    public ContractScene Scene { get; } = new();

    public Address Weth { get; }

    /// <summary>A token of 6 decimals.</summary>
    public Address Dollar { get; }

    /// <summary>A pair in which ether costs 2,000.</summary>
    public Address Cheap { get; }

    /// <summary>A pair in which ether costs 2,200.</summary>
    public Address Dear { get; }

    /// <summary>A pool with ticks in which ether costs 2,000.</summary>
    public Address Ticks { get; }

    public Address Executor { get; }

    /// <summary>An exchange of ether for dollars in a pair, and back in another pool; the amounts follow from the constant product.</summary>
    public ExecutorSwap[] Cycle(Address back)
    {
        UInt256 given = 100_000_000_000_000_000UL;
        var dollars = AmountOut(given, Ether * 1_000, 2_200_000_000_000UL);
        return
        [
            new ExecutorSwap(Dear, Weth, Dollar, IsPair: true, given, dollars),
            new ExecutorSwap(back, Dollar, Weth, IsPair: back != Ticks, dollars, back == Ticks ? UInt256.Zero : AmountOut(dollars, 2_000_000_000_000UL, Ether * 1_000)),
        ];
    }

    /// <summary>Calls the executor as its owner.</summary>
    public CallResult Execute(IReadOnlyList<ExecutorSwap> swaps, UInt256 leastProfit = default, UInt256 tip = default, ulong lastBlock = ulong.MaxValue)
    {
        var result = Scene.Call(Executor, ExecutorCall.Encode(swaps, leastProfit, tip, new BlockNumber(lastBlock)));
        Scene.Keep();
        return result;
    }

    /// <summary>What an account holds of a token.</summary>
    public UInt256 BalanceOf(Address token, Address account) => Scene.Kept(token, BalanceSlot(account));

    public void Give(Address token, Address account, UInt256 amount) => Scene.Set(token, BalanceSlot(account), amount);

    /// <summary>The amount that a pair gives, less its fee of 0.3 %.</summary>
    private static UInt256 AmountOut(UInt256 given, UInt256 reserveIn, UInt256 reserveOut)
    {
        var paid = given * 997;
        Assert.True(UInt256.TryMultiplyDivide(paid, reserveOut, (reserveIn * 1_000) + paid, out var amount, out _));
        return amount;
    }

    private static UInt256 BalanceSlot(Address account)
    {
        byte[] key = new byte[2 * UInt256.Size];
        account.CopyTo(key.AsSpan(UInt256.Size - Address.Size));
        key[^1] = 3; // balanceOf of WETH9
        return UInt256.FromBigEndian(Keccak256.Hash(key).ToArray());
    }

    private Address Pair(UInt256 dollars)
    {
        var pair = Scene.Deploy(_creation["UniswapV2Pair"]);
        Assert.True(Scene.Call(pair, CallData.Of("initialize(address,address)").Add(Dollar).Add(Weth).ToArray()).IsSuccess);
        Scene.Keep();
        Give(Dollar, pair, dollars);
        Give(Weth, pair, Ether * 1_000);
        Assert.True(Scene.Call(pair, CallData.Of("sync()").ToArray()).IsSuccess);
        Scene.Keep();
        return pair;
    }

    private Address PutTicks()
    {
        var pool = DeployedCode.Read("uniswap-code.json.zst").Put(Scene, TickPool);
        var isUnlocked = Shifted(1, 240);
        var observations = Shifted(1, 200) + Shifted(1, 216); // one, and room for one
        var tick = Shifted(200_311, 160);
        Scene.Set(pool, 0, s_sqrtPrice + tick + observations + isUnlocked);
        Scene.Set(pool, 4, Ether); // liquidity
        Give(Dollar, pool, 1_000_000_000_000UL);
        Give(Weth, pool, Ether * 1_000);
        return pool;
    }

    private static UInt256 Shifted(ulong value, int bits)
    {
        UInt256.ShiftLeft(value, bits, out var shifted);
        return shifted;
    }

    private void ReadArtifacts()
    {
        using var decompressor = new Decompressor();
        using var json = JsonDocument.Parse(decompressor.Unwrap(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "uniswap-v2", "uniswap_v2_artifacts.json.zst"))).ToArray());
        foreach (var contract in json.RootElement.GetProperty("contracts").EnumerateObject())
        {
            _creation[contract.Name] = Convert.FromHexString(contract.Value.GetProperty("creation").GetString().AsSpan(2));
            _runtime[contract.Name] = Convert.FromHexString(contract.Value.GetProperty("runtime").GetString().AsSpan(2));
        }
    }
}
