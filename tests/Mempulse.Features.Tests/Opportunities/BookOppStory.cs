using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Book;
using Mempulse.Features.Opportunities;
using Mempulse.Features.Registry;
using Mempulse.Features.Tests.Rules;
using Mempulse.Features.Tests.Strategies;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>A story of the derivations that the node folds: two factories make a pool each of ether and a token, and swaps in them are pending.</summary>
internal sealed class BookOppStory
{
    private static readonly string[] s_pools = ["one", "two"];
    private static readonly Hash256 s_sync = Keccak256.Hash("Sync(uint112,uint112)"u8);
    private static readonly Hash256 s_transfer = Keccak256.Hash("Transfer(address,address,uint256)"u8);
    private static readonly UInt256 s_thousand = (UInt256)1_000_000_000_000_000_000 * 1_000;

    private readonly MadeContents _contents = new();
    private readonly FoldComposition _composition;
    private readonly PoolUniverse _universe;

    /// <summary>The reserves after each block, in thousandths of a thousand ether.</summary>
    private readonly Dictionary<(string Block, string Pool), (ulong Ether, ulong Token)> _reserves = [];

    public BookOppStory()
    {
        string factories = string.Join(", ", s_pools.Select(static name =>
            $"{{\"name\": \"{name}\", \"protocol\": \"{name}\", \"form\": \"pair\", \"address\": \"{Named.Account(name)}\", \"initCodeHash\": \"{Named.Tx(name)}\", \"tiers\": [{{\"fee\": 3, \"of\": 1000}}]}}"));
        var registry = _contents.Add(TradeScene.RegistryJson.Replace(
            "\"wrappedEther\"", $"\"factories\": [{factories}], \"hubs\": {{\"1\": [\"{TradeScene.Ether}\"]}}, \"wrappedEther\"", StringComparison.Ordinal));
        _contents.TryRead(registry, out var content);
        _universe = RegistryReader.Read(content).PoolsOf(Scenario.Chain);
        _composition = FoldComposition.Default.Reading(_contents);
        Story = new Scenario(new FoldParameters { ConfirmationDepthBlocks = 8, RetentionBlocks = 3, ExpirySeconds = 300 }, _composition)
            .Fact(new LogEvent.RulesLoaded(RuleSet.Registry, registry, 1, "made.json")).Block("base");
        _reserves[("base", "one")] = _reserves[("base", "two")] = (1_000, 1_000);
    }

    public Scenario Story { get; }

    public IOpportunityView View => Story.Engine.View<IOpportunityView>();

    private static Address Token => TradeScene.Token("a");

    private static bool IsEtherLow => TradeScene.Ether < Token;

    /// <summary>A pending swap of ether for the token; the amount is in thousandths of a thousand ether.</summary>
    public BookOppStory Swap(string tx, string pool, ulong amount)
    {
        UInt256.TryMultiplyDivide(s_thousand, amount, 1_000, out var given, out _);
        Story.Decoded(new ScenarioTx(tx, $"sender-{tx}", 0) { Call = (TradeScene.Router, TradeScene.SwapHere(given, UInt256.Zero, TradeScene.Ether, Token, KeyOf(pool).Contract)) });
        return this;
    }

    /// <summary>A pool is read at a block.</summary>
    public BookOppStory Observe(string block, string pool)
    {
        var (low, high) = Ordered(_reserves[(block, pool)]);
        Story.Fact(new LogEvent.PoolObserved(Named.Block(block), Story.NumberOf(block), KeyOf(pool).Contract, default, IsProven: true, [new ObservedSlot(8, low + WordField.Place(high, 112))]));
        return this;
    }

    /// <summary>A block with the events of pools that end at these reserves.</summary>
    public BookOppStory Block(string name, string[] included, params (string Pool, ulong Ether, ulong Token)[] moved) => Block(name, included, isInParts: false, omitsLogs: false, moved);

    /// <summary>The same, whose receipts come in parts, or without some of their logs.</summary>
    public BookOppStory Block(string name, string[] included, bool isInParts, bool omitsLogs, params (string Pool, ulong Ether, ulong Token)[] moved)
    {
        Begin(name, included);
        var receipts = new List<TxResult>();
        foreach (var (pool, ether, token) in moved)
        {
            // What came and left is on the tokens' own record too.
            var before = _reserves[(name, pool)];
            _reserves[(name, pool)] = (ether, token);
            receipts.Add(Receipt($"mover-{name}", [.. Moves(TradeScene.Ether, pool, before.Ether, ether), .. Moves(Token, pool, before.Token, token), Sync(name, pool)]));
        }

        receipts.AddRange(included.Select(static tx => Receipt(tx)));
        receipts.Add(Receipt($"last-{name}") with { OmittedLogs = omitsLogs ? 1 : 0 });
        int first = isInParts ? receipts.Count / 2 : 0;
        if (first > 0)
        {
            int logs = receipts[..first].Sum(static receipt => receipt.Logs.Count);
            Story.Fact(new LogEvent.ReceiptsObserved(Named.Block(name), Story.NumberOf(name), 0, true, receipts[..first]) { Continuation = ReceiptsContinuation.Receipts });
            Story.Fact(new LogEvent.ReceiptsObserved(Named.Block(name), Story.NumberOf(name), first, true, receipts[first..]) { Continuation = ReceiptsContinuation.Complete, FirstLog = logs });
        }
        else
        {
            Story.Fact(new LogEvent.ReceiptsObserved(Named.Block(name), Story.NumberOf(name), 0, true, receipts) { Continuation = ReceiptsContinuation.Complete });
        }

        return this;
    }

    /// <summary>A block in which the token says that more came to a pool than came.</summary>
    public BookOppStory Lie(string name)
    {
        Begin(name, []);
        Story.Fact(new LogEvent.ReceiptsObserved(
            Named.Block(name), Story.NumberOf(name), 0, true, [Receipt($"last-{name}", Transfer(Token, Named.Account("trader"), KeyOf("one").Contract, s_thousand), Sync(name, "one"))]) { Continuation = ReceiptsContinuation.Complete });
        return this;
    }

    public BookOppStory Reorg(string ancestor)
    {
        Story.Reorg(ancestor);
        return this;
    }

    public IReadOnlyList<T> Events<T>()
        where T : LogEvent => Story.Log.Derived<T>();

    /// <summary>A replay, also from a checkpoint at every event, has the same book, the same opportunities with the same scores, and the same digest.</summary>
    public void AssertReplays()
    {
        var straight = _composition.Create(Scenario.Chain);
        for (ulong seq = 1; seq <= Story.Log.Last.Value; seq++)
        {
            straight.Apply(Story.Log.At(new GlobalSeq(seq)));
            var saved = new ByteBuffer();
            straight.SaveCheckpoint(saved);
            var restored = _composition.Restore(Scenario.Chain, saved.WrittenSpan);
            Assert.Equal(straight.Digest(), restored.Digest());
            restored.AssertInvariants();
            restored.Apply(Story.Log.ScanAfter(restored.Applied));
            AssertSame(restored);
        }

        AssertSame(straight);
    }

    private void Begin(string name, string[] included)
    {
        foreach (string pool in s_pools)
        {
            _reserves[(name, pool)] = _reserves[(Story.Head!, pool)];
        }

        string[] txs = [$"mover-{name}", $"last-{name}"];
        foreach (string tx in txs)
        {
            Story.Knows(new ScenarioTx(tx, $"sender-{tx}", 0));
        }

        Story.Block(name, [txs[0], .. included, txs[1]]);
    }

    private IEnumerable<TxLog> Moves(Address token, string pool, ulong before, ulong after)
    {
        var (contract, other) = (KeyOf(pool).Contract, Named.Account("trader"));
        if (after > before)
        {
            yield return Transfer(token, other, contract, Amount(after) - Amount(before));
        }
        else if (after < before)
        {
            yield return Transfer(token, contract, other, Amount(before) - Amount(after));
        }
    }

    private static TxLog Transfer(in Address token, in Address from, in Address to, UInt256 amount) => new(token, [s_transfer, Word(from), Word(to)], CallData.Words().Add(amount).ToArray());

    private static TxResult Receipt(string tx, params TxLog[] logs) => new(Named.Tx(tx), ExecutionOutcome.Succeeded, new Gas(21_000), logs, 0);

    private static Hash256 Word(in Address account)
    {
        byte[] word = new byte[Hash256.Size];
        account.CopyTo(word.AsSpan(Hash256.Size - Address.Size));
        return new Hash256(word);
    }

    private static UInt256 Amount(ulong share)
    {
        UInt256.TryMultiplyDivide(s_thousand, share, 1_000, out var amount, out _);
        return amount;
    }

    private static (UInt256 Low, UInt256 High) Ordered((ulong Ether, ulong Token) reserves) =>
        IsEtherLow ? (Amount(reserves.Ether), Amount(reserves.Token)) : (Amount(reserves.Token), Amount(reserves.Ether));

    private TxLog Sync(string block, string pool)
    {
        var (low, high) = Ordered(_reserves[(block, pool)]);
        return new TxLog(KeyOf(pool).Contract, [s_sync], CallData.Words().Add(low).Add(high).ToArray());
    }

    private PoolKey KeyOf(string pool)
    {
        var factory = _universe.Factories.Single(each => each.Protocol == pool);
        var pair = TokenPair.Of(TradeScene.Ether, Token);
        return PoolKey.Of(factory.PoolOf(pair.Low, pair.High, factory.Tiers[0]));
    }

    private void AssertSame(ReplayEngine engine)
    {
        Assert.Empty(engine.Divergences);
        Assert.Equal((Story.Engine.Digest(), 0), (engine.Digest(), engine.ExpectedCount));
        Assert.Equal(Listed(View), Listed(engine.View<IOpportunityView>()));
        Assert.Equal(View.Counts, engine.View<IOpportunityView>().Counts);
        engine.AssertInvariants();
    }

    private static IEnumerable<(Hash256, OppStatus, OppEnd, bool, long, UInt256)> Listed(IOpportunityView view) =>
        view.List(new OpportunityQuery()).Select(static opp => (opp.Detected.Opp, opp.Status, opp.End, opp.IsHandedOn, opp.Detected.Score, opp.Detected.Profit));
}
