using System.Buffers.Binary;
using System.Globalization;
using Mempulse.Benchmarks.Ethereum;
using Mempulse.Features.Decoding;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Features.Strategies;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Testing.Pools;

namespace Mempulse.Benchmarks.Detect;

/// <summary>Detection: the time from the calldata of a pending swap to what the strategies find, against a book of 30,000 pools.</summary>
internal sealed class DetectFigures : IFigures
{
    private const int Pools = 30_000;
    private const int Tokens = 14_000;
    private const int Majors = 6;
    private const int Swaps = 4_000;
    private const int Warm = 400;
    private const ulong Seed = 17;
    private const double GoalMicroseconds = 200;
    private const int SwapBytes = 4 + (5 * 32) + (3 * 32);

    private static readonly Address s_router = Address.Parse("0x7a250d5630b4cf539739df2c5dacb4c659f2488d");

    /// <inheritdoc/>
    public string Area => "detect";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        var registry = RegistryReader.Read(File.ReadAllBytes(RealTransactions.Find("registry/mempulse.json")));
        var ether = registry.WrappedEther(new ChainId(1))!.Value;
        var random = new PoolRandom(Seed);
        var book = Book(random, ether);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"detect: {Swaps:N0} pending swaps of Uniswap's V2 router against {book.Count:N0} pools of {Tokens:N0} tokens, seed {Seed}"));
        var views = new StrategyViews { Book = book, Markets = NoMarkets.Instance, Rules = new Rules(registry), Pool = FoldComposition.Default.Create(new ChainId(1)).Pool };
        byte[][] calls = [.. Enumerable.Range(0, Swaps + Warm).Select(_ => Swap(random, book))];
        Print(output, "decode and quotes alone", [], registry, calls, views);
        Print(output, "backrun-arbitrage", [new BackrunArbitrage()], registry, calls, views);
        Print(output, "exposure", [new ExposureAdvice()], registry, calls, views);
        Print(output, "all strategies", StrategyCatalog.All, registry, calls, views);
    }

    private static void Print(TextWriter output, string name, IReadOnlyList<IStrategy> strategies, ContractRegistry registry, byte[][] calls, StrategyViews views)
    {
        var reader = new PendingTradeReader();
        var times = new List<double>(calls.Length);
        var (moving, candidates, leftOut) = (0, 0, 0UL);
        for (int i = 0; i < calls.Length; i++)
        {
            var found = new CandidateList();
            var begun = Environment.CpuUsage.TotalTime; // on a shared machine, wall time includes the work of others
            var request = new CallRequest { Chain = new ChainId(1), Block = new BlockNumber(22_000_000), Sender = s_router, Target = s_router, Value = default, Data = calls[i] };
            var trade = reader.Read(registry, default, request, calls[i], views.Book);
            foreach (var strategy in strategies)
            {
                strategy.Find(trade, views, found);
            }

            if (i >= Warm)
            {
                times.Add((Environment.CpuUsage.TotalTime - begun).TotalMicroseconds);
                moving += trade.Moved.Count > 0 ? 1 : 0;
                candidates += found.Found.Count;
                leftOut += found.LeftOut;
            }
        }

        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name,-24} p50 {times[times.Count / 2],7:F1}  p95 {times[times.Count * 95 / 100],7:F1}  p99 {times[times.Count * 99 / 100],7:F1}  most {times[^1],8:F1} us, goal {GoalMicroseconds}   {moving:N0} move pools, {candidates:N0} candidates, {leftOut:N0} left out"));
    }

    /// <summary>Tokens with a pool of ether each, some with pools of other majors, and many pools among the majors; one of ten is a pool of ticks.</summary>
    private static MadeBook Book(PoolRandom random, in Address ether)
    {
        var book = new MadeBook();
        Address[] majors = [ether, .. Enumerable.Range(1, Majors - 1).Select(static index => Account(0xaa, index))];
        while (book.Count < Pools)
        {
            int place = book.Count;
            var token = place < Tokens ? Account(0xbb, place) : random.OneIn(20) ? majors[random.Below(Majors)] : Account(0xbb, random.Below(Tokens));
            var other = place < Tokens ? ether : majors[random.Below(Majors)];
            if (token != other)
            {
                Add(random, book, token < other ? [token, other] : [other, token]);
            }
        }

        return book;
    }

    private static void Add(PoolRandom random, MadeBook book, Address[] tokens)
    {
        // The protocol of a pair of the router is "uniswap-v2" once for each two tokens.
        bool isFirst = !book.PoolsOf(tokens[0], tokens[1]).Any(static pool => pool.Protocol == "uniswap-v2");
        var size = random.Number(60, 80);
        UInt256.TryMultiplyDivide(size, (ulong)random.Between(9_985, 10_015), 10_000, out var near, out _);
        if (isFirst || !random.OneIn(3))
        {
            book.Add(Account(0xcc, book.Count), isFirst ? "uniswap-v2" : "sushiswap", tokens, new ConstantProductPool(size, near, ProductFee.UniswapV2));
            return;
        }

        var liquidity = (Int128)new UInt128(size.Limb(1), size.Limb(0));
        book.Add(Account(0xcc, book.Count), "uniswap-v3", tokens, new TickPool(
            TickTable.Whole(60, [KeyValuePair.Create(-6_000, liquidity), KeyValuePair.Create(6_000, -liquidity)]), new TickState(TickMath.SqrtPriceAt(0), 0, size), TickFees.V3(3_000), TickRules.UniswapV3));
    }

    private static byte[] Swap(PoolRandom random, MadeBook book)
    {
        while (true)
        {
            book.TryGet(Features.Book.PoolKey.Of(Account(0xcc, random.Below(book.Count))), out var pool);
            if (pool!.Protocol == "uniswap-v2" && pool.State is ConstantProductPool product)
            {
                int tokenIn = random.Below(2);
                UInt256.ShiftRight(product.From(tokenIn).ReserveIn, random.Between(4, 10), out var amount);
                UInt256.TryMultiplyDivide(product.From(tokenIn).ExactInput(amount).AmountOut, (ulong)random.Between(970, 999), 1_000, out var minimum, out _);
                return Call(amount, minimum, pool.Tokens[tokenIn], pool.Tokens[1 - tokenIn]);
            }
        }
    }

    /// <summary>swapExactTokensForTokens(uint256,uint256,address[],address,uint256).</summary>
    private static byte[] Call(in UInt256 amount, in UInt256 minimum, in Address tokenIn, in Address tokenOut)
    {
        byte[] data = new byte[SwapBytes];
        BinaryPrimitives.WriteUInt32BigEndian(data, 0x38ed1739);
        amount.WriteBigEndian(data.AsSpan(4, 32));
        minimum.WriteBigEndian(data.AsSpan(36, 32));
        data[4 + 64 + 31] = 160;
        data[4 + 128 + 31] = 255;
        data[4 + 160 + 31] = 2;
        tokenIn.CopyTo(data.AsSpan(4 + 192 + 12));
        tokenOut.CopyTo(data.AsSpan(4 + 224 + 12));
        return data;
    }

    private static Address Account(byte kind, int index)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        bytes.Clear();
        bytes[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(bytes[16..], index);
        return new Address(bytes);
    }

    private sealed class Rules(ContractRegistry registry) : IRulesView
    {
        public RulesInForce? Registry { get; } = new(registry, "mempulse.json", new GlobalSeq(1));
    }
}
