using System.Buffers.Binary;
using System.Text;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Decoding;
using Mempulse.Features.Grading;
using Mempulse.Features.Pools;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Features.Strategies;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Testing.Pools;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Strategies;

/// <summary>A book of pools, and pending swaps of a router.</summary>
internal sealed class TradeScene : IRulesView
{
    public const string RegistryJson = """
        {"format": 1,
         "wrappedEther": {"1": "0x00000000000000000000000000000000000000e0"},
         "abis": {"router": {"protocol": "p", "functions": [
           {"signature": "swapIn(uint256 amountIn, uint256 minimum, address[] path)", "category": "swap", "effects": [
             {"kind": "swap", "tokenIn": "path[0]", "tokenOut": "path[-1]", "amountIn": "amountIn", "amountOut": {"minimum": "minimum"}, "counterparty": "@sender", "route": {"tokens": "path"}}]},
           {"signature": "swapOut(uint256 amountOut, uint256 maximum, address[] path)", "category": "swap", "effects": [
             {"kind": "swap", "tokenIn": "path[0]", "tokenOut": "path[-1]", "amountIn": {"maximum": "maximum"}, "amountOut": "amountOut", "counterparty": "@sender", "route": {"tokens": "path"}}]},
           {"signature": "swapHere(uint256 amountIn, uint256 minimum, address tokenIn, address tokenOut, address pool)", "category": "swap", "effects": [
             {"kind": "swap", "tokenIn": "tokenIn", "tokenOut": "tokenOut", "amountIn": "amountIn", "amountOut": {"minimum": "minimum"}, "counterparty": "@sender", "route": {"pools": "pool"}}]}]}},
         "contracts": [{"address": "0x00000000000000000000000000000000000000aa", "name": "Router", "protocol": "p", "kind": "dex", "abis": ["router"]}]}
        """;

    private static readonly ContractRegistry s_registry = RegistryReader.Read(Encoding.UTF8.GetBytes(RegistryJson));
    private readonly PendingTradeReader _reader = new();

    public static Address Router { get; } = Address.Parse("0x00000000000000000000000000000000000000aa");

    public static Address Ether { get; } = Address.Parse("0x00000000000000000000000000000000000000e0");

    public MadeBook Book { get; } = new();

    public RulesInForce? Registry => new(s_registry, "made.json", new GlobalSeq(1));

    public static Address Token(string name) => name == "ether" ? Ether : Named.Account(name);

    /// <summary>The calldata of a swap of a router along a path.</summary>
    public static byte[] SwapIn(UInt256 amountIn, UInt256 minimum, params Address[] path) => Call("swapIn(uint256,uint256,address[])", amountIn, minimum, path);

    /// <summary>The calldata of a swap for an exact amount.</summary>
    public static byte[] SwapOut(UInt256 amountOut, UInt256 maximum, params Address[] path) => Call("swapOut(uint256,uint256,address[])", amountOut, maximum, path);

    /// <summary>The calldata of a swap in a pool that is named.</summary>
    public static byte[] SwapHere(UInt256 amountIn, UInt256 minimum, Address tokenIn, Address tokenOut, Address pool)
    {
        byte[] data = new byte[4 + (5 * AbiType.WordBytes)];
        BinaryPrimitives.WriteUInt32BigEndian(data, AbiFunction.Parse("swapHere(uint256 amountIn, uint256 minimum, address tokenIn, address tokenOut, address pool)").Selector);
        amountIn.WriteBigEndian(data.AsSpan(4, 32));
        minimum.WriteBigEndian(data.AsSpan(36, 32));
        tokenIn.CopyTo(data.AsSpan(68 + 12));
        tokenOut.CopyTo(data.AsSpan(100 + 12));
        pool.CopyTo(data.AsSpan(132 + 12));
        return data;
    }

    /// <summary>Adds a pool of two tokens in the order of their addresses; the reserves are in the order of the names.</summary>
    public Address Pair(string contract, string first, UInt256 firstReserve, string second, UInt256 secondReserve, ProductFee? fee = null)
    {
        var (one, other) = (Token(first), Token(second));
        var product = fee ?? ProductFee.UniswapV2;
        Add(contract, one < other ? [one, other] : [other, one], one < other ? new ConstantProductPool(firstReserve, secondReserve, product) : new ConstantProductPool(secondReserve, firstReserve, product));
        return Named.Account(contract);
    }

    public void Add(string contract, Address[] tokens, IPool state) => Book.Add(Named.Account(contract), "p", tokens, state);

    public PendingTrade Pending(byte[] calldata) => _reader.Read(
        s_registry,
        Named.Tx("pending"),
        Request(calldata),
        calldata,
        Book);

    private static CallRequest Request(byte[] calldata) =>
        new() { Chain = Scenario.Chain, Block = new BlockNumber(1), Sender = Named.Account("sender"), Target = Router, Value = default, Data = calldata };

    /// <summary>A swap that runs before the next one that is read.</summary>
    public void Follow(byte[] calldata) => _reader.Follow(s_registry, Named.Tx("earlier"), Request(calldata), calldata, Book);

    /// <summary>From here on a function of the router drifts.</summary>
    public void Drifts(string signature) => _reader.Trust = new DecodeTrust([new GradedFunction(Router, "router", signature)]);

    public CandidateList Find(IStrategy strategy, byte[] calldata)
    {
        var found = new CandidateList();
        var views = new StrategyViews { Book = Book, Markets = NoMarkets.Instance, Rules = this, Pool = FoldComposition.Default.Create(Scenario.Chain).Pool };
        strategy.Find(Pending(calldata), views, found);
        return found;
    }

    private static byte[] Call(string signature, UInt256 first, UInt256 second, Address[] path)
    {
        byte[] data = new byte[4 + ((4 + path.Length) * AbiType.WordBytes)];
        string named = signature.Replace("(uint256,uint256,address[])", "(uint256 a, uint256 b, address[] path)", StringComparison.Ordinal);
        BinaryPrimitives.WriteUInt32BigEndian(data, AbiFunction.Parse(named).Selector);
        first.WriteBigEndian(data.AsSpan(4, 32));
        second.WriteBigEndian(data.AsSpan(36, 32));
        data[4 + 64 + 31] = 96;
        data[4 + 96 + 31] = (byte)path.Length;
        for (int i = 0; i < path.Length; i++)
        {
            path[i].CopyTo(data.AsSpan(4 + 128 + (32 * i) + 12));
        }

        return data;
    }
}
