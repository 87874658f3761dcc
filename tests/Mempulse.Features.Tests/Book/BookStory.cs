using System.Buffers.Binary;
using Mempulse.Ethereum.Abi;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Book;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Features.Tests.Rules;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Book;

/// <summary>A log in which trades of two tokens are pending: two factories make pairs, and one token is a hub.</summary>
public abstract class BookStory
{
    private const string Signature = "swap(address tokenIn, address tokenOut, uint256 amountIn, uint256 minimum)";
    private const string Router = "0x00000000000000000000000000000000000000aa";

    protected static Address RouterAccount { get; } = Address.Parse(Router);
    protected static Address A { get; } = Address.Parse("0x00000000000000000000000000000000000000b1");
    protected static Address B { get; } = Address.Parse("0x00000000000000000000000000000000000000b2");
    protected static Address Hub { get; } = Address.Parse("0x00000000000000000000000000000000000000b3");
    private static readonly Hash256 s_transfer = Keccak256.Hash("Transfer(address,address,uint256)"u8);
    private static readonly Hash256 s_swap = Keccak256.Hash("Swap(address,uint256,uint256,uint256,uint256,address)"u8);
    private static readonly Hash256 s_sync = Keccak256.Hash("Sync(uint112,uint112)"u8);

    private readonly MadeContents _contents = new();
    private readonly FoldComposition _composition;
    private ulong _nonce;

    protected BookStory(Func<IRulesContents, IReadOnlyList<IDerivation>>? derivations = null)
    {
        _composition = (derivations is null ? FoldComposition.Default : FoldComposition.Of(EventCatalog.Core, derivations)).Reading(_contents);
        Story = new Scenario(composition: _composition);
        LoadRegistry("f1", "f2");
        Story.Block("base");
        foreach (string tx in Enumerable.Range(0, 10).SelectMany(static index => new[] { $"t{index}", $"m{index}" }))
        {
            Story.Knows(new ScenarioTx(tx, $"sender-{tx}", 0));
        }
    }

    protected Scenario Story { get; }

    /// <summary>Where the registry that was loaded last says that pools are.</summary>
    protected PoolUniverse Universe { get; private set; } = PoolUniverse.Empty;

    protected IPoolBook Book => Story.Engine.View<IPoolBook>();

    protected IPoolWatch Watch => Story.Engine.View<IPoolWatch>();

    protected (int, int, bool) ReservesOf(string factory)
    {
        Assert.True(Book.TryGet(Pool(factory), out var pool));
        var state = Assert.IsType<ConstantProductPool>(pool.State);
        return ((int)state.Reserve0.LowUInt64, (int)state.Reserve1.LowUInt64, pool.IsProven);
    }

    protected PoolKey Pool(string factory) => Pool(factory, A, B);

    protected PoolKey Pool(string factory, in Address token, in Address other)
    {
        var made = Universe.Factories.Single(each => each.Protocol == factory);
        var pair = TokenPair.Of(token, other);
        return PoolKey.Of(made.PoolOf(pair.Low, pair.High, made.Tiers[0]));
    }

    /// <summary>A registry of some factories of pairs comes into force.</summary>
    protected void LoadRegistry(params string[] factories)
    {
        string made = string.Join(", ", factories.Select(static name =>
            $"{{\"name\": \"{name}\", \"protocol\": \"{name}\", \"form\": \"pair\", \"address\": \"{Named.Account(name)}\", \"initCodeHash\": \"{Named.Tx(name)}\", \"tiers\": [{{\"fee\": 3, \"of\": 1000}}]}}"));
        var registry = _contents.Add($$$"""
            {"format": 1, "factories": [{{{made}}}], "hubs": {"1": ["{{{Hub}}}"]},
             "abis": {"router": {"protocol": "p", "functions": [{"signature": "{{{Signature}}}", "category": "swap", "effects": [
               {"kind": "swap", "tokenIn": "tokenIn", "tokenOut": "tokenOut", "amountIn": "amountIn", "amountOut": {"minimum": "minimum"}, "counterparty": "@sender"}]}]}},
             "contracts": [{"address": "{{{Router}}}", "name": "Router", "protocol": "p", "kind": "dex", "abis": ["router"]}]}
            """);
        _contents.TryRead(registry, out var content);
        Universe = RegistryReader.Read(content).PoolsOf(Scenario.Chain);
        Story.Fact(new LogEvent.RulesLoaded(RuleSet.Registry, registry, 1, "made.json"));
    }

    /// <summary>A pending trade; returns its name.</summary>
    protected string Trade(in Address given, in Address received, string? sender = null, ulong nonce = 0)
    {
        byte[] data = new byte[4 + (4 * AbiType.WordBytes)];
        BinaryPrimitives.WriteUInt32BigEndian(data, AbiFunction.Parse(Signature).Selector);
        CallData.Words().Add(given).Add(received).Add(1_000).Add(900).ToArray().CopyTo(data, 4);
        string name = $"trade{_nonce++}";
        Story.Decoded(new ScenarioTx(name, sender ?? $"sender-{name}", nonce) { Call = (RouterAccount, data) });
        return name;
    }

    /// <summary>What is on the log of tokens that are not exact.</summary>
    protected IReadOnlyList<LogEvent.TokenJudged> Judged() => Story.Log.Derived<LogEvent.TokenJudged>();

    /// <summary>A pool of two tokens is on the list of those that are to be read.</summary>
    protected bool IsWanted(string factory, in Address token, in Address other)
    {
        var key = Pool(factory, token, other);
        return Watch.Wanted(int.MaxValue).Any(wanted => wanted.Key == key);
    }

    /// <summary>A pool of two tokens can be quoted.</summary>
    protected bool IsHeld(string factory, in Address token, in Address other) => Book.TryGet(Pool(factory, token, other), out _);

    protected void Observe(string block, PoolKey pool, ulong reserve0, ulong reserve1) => Story.Fact(new LogEvent.PoolObserved(
        Named.Block(block), NumberOf(block), pool.Contract, pool.Id, IsProven: true, [new ObservedSlot(8, reserve0 == 0 ? UInt256.Zero : Packed(reserve0, reserve1, timestamp: 9))]));

    protected BlockNumber NumberOf(string block) => Story.NumberOf(block);

    protected static UInt256 Packed(ulong reserve0, ulong reserve1, ulong timestamp) => reserve0 + WordField.Place(reserve1, 112) + WordField.Place(timestamp, 224);

    protected void Synced(string block, string tx, params (PoolKey Pool, ulong Reserve0, ulong Reserve1)[] syncs) =>
        Receipts(block, 0, ReceiptsContinuation.Complete, Receipt(tx, [.. syncs.Select(static sync => Sync(sync.Pool, sync.Reserve0, sync.Reserve1))]));

    protected static TxLog Transfer(in Address token, in Address from, in Address to, UInt256 amount) => new(token, [s_transfer, Word(from), Word(to)], CallData.Words().Add(amount).ToArray());

    /// <summary>What a pair says of a swap that gives its token 1 for its token 0, or the other way round.</summary>
    protected static TxLog Swapped(PoolKey pool, UInt256 out0, UInt256 out1, in Address receiver) =>
        new(pool.Contract, [s_swap, Word(RouterAccount), Word(receiver)], CallData.Words().Add(0).Add(0).Add(out0).Add(out1).ToArray());

    private static Hash256 Word(in Address account)
    {
        byte[] word = new byte[Hash256.Size];
        account.CopyTo(word.AsSpan(Hash256.Size - Address.Size));
        return new Hash256(word);
    }

    protected static TxLog Sync(PoolKey pool, ulong reserve0, ulong reserve1) => new(pool.Contract, [s_sync], CallData.Words().Add(reserve0).Add(reserve1).ToArray());

    protected static TxResult Receipt(string tx, params TxLog[] logs) => new(Named.Tx(tx), ExecutionOutcome.Succeeded, new Gas(21_000), logs, 0);

    protected void Receipts(string block, int first, ReceiptsContinuation continuation, params TxResult[] receipts) => Receipts(block, first, continuation, isVerified: true, receipts);

    protected void Receipts(string block, int first, ReceiptsContinuation continuation, bool isVerified, params TxResult[] receipts) => Story.Fact(
        new LogEvent.ReceiptsObserved(Named.Block(block), NumberOf(block), first, isVerified, receipts) { Continuation = continuation, FirstLog = first });

    /// <summary>A fold in another process, and one from a checkpoint at every event, have the same book.</summary>
    protected void AssertReplays()
    {
        var composition = _composition;
        var straight = composition.Create(Scenario.Chain);
        for (ulong seq = 1; seq <= Story.Log.Last.Value; seq++)
        {
            straight.Apply(Story.Log.At(new GlobalSeq(seq)));
            var saved = new ByteBuffer();
            straight.SaveCheckpoint(saved);
            var restored = composition.Restore(Scenario.Chain, saved.WrittenSpan);
            Assert.Equal(straight.Digest(), restored.Digest());
            restored.AssertInvariants();
            restored.Apply(Story.Log.ScanAfter(restored.Applied));
            AssertSame(restored);
        }

        AssertSame(straight);
    }

    private void AssertSame(ReplayEngine engine)
    {
        Assert.Equal((Story.Engine.Digest(), 0UL), (engine.Digest(), engine.DivergenceCount));
        var (book, watch) = (engine.View<IPoolBook>(), engine.View<IPoolWatch>());
        Assert.Equal((Book.Count, Book.Head?.Hash, Watch.NotTaken, Watch.Evicted, Watch.NotAsked), (book.Count, book.Head?.Hash, watch.NotTaken, watch.Evicted, watch.NotAsked));
        Assert.Equal(Watch.InexactTokens, watch.InexactTokens);
        Assert.Equal(Watch.Wanted(100), watch.Wanted(100));
        Assert.Equal(Book.PoolsOf(A, B).Select(static pool => (pool.Key, pool.State)), book.PoolsOf(A, B).Select(static pool => (pool.Key, pool.State)));
        engine.AssertInvariants();
    }
}
