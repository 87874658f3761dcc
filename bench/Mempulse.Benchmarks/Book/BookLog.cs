using System.Buffers.Binary;
using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Book;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Features.Registry;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Pools;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Benchmarks.Book;

/// <summary>A log of blocks that move pools: three of four are pairs, the others pools of 300 ticks; one of four events of those is new liquidity.</summary>
internal sealed class BookLog
{
    /// <summary>Pools that each block moves.</summary>
    public const int MovedPools = 300;

    private const int TicksOfPool = 300;
    private const int Spacing = 60;
    private const ulong Seed = 23;
    private const ulong Reserve = 1_000_000_000_000;

    private static readonly Address s_router = Address.Parse("0x7a250d5630b4cf539739df2c5dacb4c659f2488d");
    private static readonly Address s_trader = Named.Account("trader");
    private static readonly Hash256 s_transfer = Topic("Transfer(address,address,uint256)");
    private static readonly Hash256 s_sync = Topic("Sync(uint112,uint112)");
    private static readonly Hash256 s_pairSwap = Topic("Swap(address,uint256,uint256,uint256,uint256,address)");
    private static readonly Hash256 s_swap = Topic("Swap(address,address,int256,int256,uint160,uint128,int24)");
    private static readonly Hash256 s_mint = Topic("Mint(address,address,int24,int24,uint128,uint256,uint256)");

    private readonly PoolRandom _random = new(Seed);
    private readonly PoolUniverse _universe;
    private readonly Address _ether;
    private readonly List<MadePool> _pools = [];

    public BookLog(FoldComposition composition, Hash256 registry)
    {
        Story = new Scenario(composition: composition).Fact(new LogEvent.RulesLoaded(RuleSet.Registry, registry, 1, "mempulse.json")).Block("base");
        var known = Story.Engine.View<Features.Rules.IRulesView>().Registry!.Registry;
        (_universe, _ether) = (known.PoolsOf(Scenario.Chain), known.WrappedEther(Scenario.Chain)!.Value);
    }

    public Scenario Story { get; }

    /// <summary>Logs in the last block.</summary>
    public int LogsOfBlock { get; private set; }

    public void Tell(int pairs, int blocks)
    {
        for (int i = 0; i < pairs; i++)
        {
            Ask($"ask{i}", Named.Account($"token{i}"));
            Read(Named.Account($"token{i}"), isPair: i % 4 > 0);
        }

        for (int i = 0; i < blocks; i++)
        {
            Block($"b{i}");
        }
    }

    /// <summary>A pending swap of ether for a token on the router of Uniswap V2.</summary>
    private void Ask(string name, Address token)
    {
        byte[] data = [0, 0, 0, 0, .. CallData.Words().Add(1_000).Add(1).Add(160).Add(s_trader).Add(ulong.MaxValue).Add(2).Add(_ether).Add(token).ToArray()];
        BinaryPrimitives.WriteUInt32BigEndian(data, 0x38ed1739);
        Story.Decoded(new ScenarioTx(name, $"sender-{name}", 0) { Call = (s_router, data) });
    }

    /// <summary>One pool of a token with ether is read.</summary>
    private void Read(Address token, bool isPair)
    {
        var factory = _universe.Factories.First(factory => factory.Form == (isPair ? PoolForm.Pair : PoolForm.Ticks));
        var tier = isPair ? factory.Tiers[0] : factory.Tiers.First(static tier => tier.Spacing == Spacing);
        var tokens = TokenPair.Of(token, _ether);
        var pool = new MadePool(factory.PoolOf(tokens.Low, tokens.High, tier), tokens, isPair);
        _pools.Add(pool);
        Story.Fact(new LogEvent.PoolObserved(Named.Block("base"), Story.NumberOf("base"), pool.Contract, default, IsProven: true, isPair ? [new ObservedSlot(8, (UInt256)Reserve + WordField.Place(Reserve, 112))] : TickSlotsOf()));
    }

    private static List<ObservedSlot> TickSlotsOf()
    {
        var ticks = Enumerable.Range(-TicksOfPool / 2, TicksOfPool).Select(static place => new TickLiquidity(place * Spacing, 1_000, place < 0 ? 10 : -10)).ToArray();
        var ledger = new TickLedger(Spacing, -1, 1, [.. ticks.Where(static tick => TickLedger.WordOf(tick.Tick, Spacing) is >= -1 and <= 1)]);
        var values = new SortedDictionary<UInt256, UInt256> { [TickSlots.Price] = TickMath.SqrtPriceAt(0), [TickSlots.Liquidity] = 1_000_000 };
        for (int word = -1; word <= 1; word++)
        {
            values[TickSlots.WordSlot(word)] = ledger.BitsOf(word);
        }

        foreach (var tick in ledger.Ticks)
        {
            values[TickSlots.TickSlot(tick.Tick)] = WordField.OfUInt128(tick.Gross) + WordField.Place(WordField.OfUInt128(unchecked((UInt128)tick.Net)), 128);
        }

        return [.. values.Select(static value => new ObservedSlot(value.Key, value.Value))];
    }

    private void Block(string name)
    {
        var moved = new SortedSet<int>();
        while (moved.Count < MovedPools)
        {
            moved.Add(_random.Below(_pools.Count));
        }

        var receipts = new List<TxResult>();
        foreach (int place in moved)
        {
            string tx = $"{name}-{place}";
            Story.Knows(new ScenarioTx(tx, $"sender-{tx}", 0));
            receipts.Add(new TxResult(Named.Tx(tx), ExecutionOutcome.Succeeded, new Gas(120_000), [.. Events(_pools[place])], 0));
        }

        LogsOfBlock = receipts.Sum(static receipt => receipt.Logs.Count);
        Story.Block(name, [.. moved.Select(place => $"{name}-{place}")]);
        Story.Fact(new LogEvent.ReceiptsObserved(Named.Block(name), Story.NumberOf(name), 0, IsVerified: true, receipts) { Continuation = ReceiptsContinuation.Complete });
    }

    private IEnumerable<TxLog> Events(MadePool pool)
    {
        ulong amount = (ulong)_random.Between(1_000, 1_000_000);
        yield return Transfer(pool.Tokens.Low, s_trader, pool.Contract, amount);
        if (!pool.IsPair && _random.OneIn(4))
        {
            int lower = _random.Between(-100, 0) * Spacing;
            int upper = _random.Between(1, 100) * Spacing;
            yield return new TxLog(pool.Contract, [s_mint, Word(s_trader), Word(lower), Word(upper)], CallData.Words().Add(s_trader).Add(amount).Add(amount).Add(0).ToArray());
            yield break;
        }

        yield return Transfer(pool.Tokens.High, pool.Contract, s_trader, amount / 2);
        if (pool.IsPair)
        {
            pool.Low += amount;
            pool.High -= amount / 2;
            yield return new TxLog(pool.Contract, [s_sync], CallData.Words().Add(pool.Low).Add(pool.High).ToArray());
            yield return new TxLog(pool.Contract, [s_pairSwap, Word(s_router), Word(s_trader)], CallData.Words().Add(amount).Add(0).Add(0).Add(amount / 2).ToArray());
        }
        else
        {
            int tick = _random.Between(-5_000, 5_000);
            yield return new TxLog(
                pool.Contract,
                [s_swap, Word(s_router), Word(s_trader)],
                CallData.Words().Add(amount).AddSigned(amount / 2, isNegative: true).Add(TickMath.SqrtPriceAt(tick)).Add(1_000_000).AddSigned((ulong)int.Abs(tick), tick < 0).ToArray());
        }
    }

    private static TxLog Transfer(in Address token, in Address from, in Address to, ulong amount) => new(token, [s_transfer, Word(from), Word(to)], CallData.Words().Add(amount).ToArray());

    private static Hash256 Topic(string signature) => Keccak256.Hash(Encoding.ASCII.GetBytes(signature));

    private static Hash256 Word(in Address account)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        word.Clear();
        account.CopyTo(word[(Hash256.Size - Address.Size)..]);
        return new Hash256(word);
    }

    private static Hash256 Word(int tick)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        WordField.OfSigned(tick).WriteBigEndian(word);
        return new Hash256(word);
    }

    private sealed class MadePool(Address contract, TokenPair tokens, bool isPair)
    {
        public Address Contract { get; } = contract;

        public TokenPair Tokens { get; } = tokens;

        public bool IsPair { get; } = isPair;

        public ulong Low { get; set; } = Reserve;

        public ulong High { get; set; } = Reserve;
    }
}
