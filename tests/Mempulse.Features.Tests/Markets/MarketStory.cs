using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Book;
using Mempulse.Features.Liquidations.Aave;
using Mempulse.Features.Markets;
using Mempulse.Features.Opportunities;
using Mempulse.Features.Tests.Rules;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Markets;

/// <summary>A log in which a market lends ether and dollars, with the derivations of the program.</summary>
public abstract class MarketStory
{
    protected const ulong Ether = 1_000_000_000_000_000_000;
    protected const ulong Dollar = 1_000_000;
    protected const ulong BaseUnit = 100_000_000;

    protected static Address Pool { get; } = Named.Account("lending pool");
    protected static Address Oracle { get; } = Named.Account("oracle");
    protected static Address EtherToken { get; } = Named.Account("ether");
    protected static Address DollarToken { get; } = Named.Account("dollar");
    protected static Address EtherSupply { get; } = Named.Account("ether supplied");
    protected static Address EtherDebt { get; } = Named.Account("ether owed");
    protected static Address DollarSupply { get; } = Named.Account("dollars supplied");
    protected static Address DollarDebt { get; } = Named.Account("dollars owed");
    protected static Address EtherFeed { get; } = Named.Account("ether feed");
    protected static Address DollarFeed { get; } = Named.Account("dollar feed");
    protected static Address Bob { get; } = Named.Account("bob");

    private static readonly Hash256 s_borrow = Keccak256.Hash("Borrow(address,address,address,uint256,uint8,uint256,uint16)"u8);
    private static readonly Hash256 s_moved = Keccak256.Hash("ReserveDataUpdated(address,uint256,uint256,uint256,uint256,uint256)"u8);
    private static readonly Hash256 s_answer = Keccak256.Hash("AnswerUpdated(int256,uint256,uint256)"u8);
    private static readonly Hash256 s_supply = Keccak256.Hash("Supply(address,address,address,uint256,uint16)"u8);

    private readonly MadeContents _contents = new();
    private ulong _nonce;

    protected MarketStory()
    {
        Registry = RegistryOf(Pool);
        Story = StoryOf(FoldComposition.Default.Reading(_contents));
    }

    private protected MadeContents Contents => _contents;

    /// <summary>A registry with markets, all of the same oracle.</summary>
    private protected Hash256 RegistryOf(params Address[] markets) => _contents.Add($$$"""
        {"format": 1, "wrappedEther": {"1": "{{{EtherToken}}}"},
         "markets": [{{{string.Join(", ", markets.Select(static market => $$"""{"name": "Market", "protocol": "aave-v3", "form": "aave-v3", "address": "{{market}}", "oracle": "{{Oracle}}"}"""))}}}]}
        """);

    /// <summary>A story with the registry in force, and transactions for its blocks.</summary>
    protected Scenario StoryOf(FoldComposition composition)
    {
        var story = new Scenario(composition: composition).Fact(new LogEvent.RulesLoaded(RuleSet.Registry, Registry, 1, "made.json")).Block("base");
        foreach (string tx in Enumerable.Range(0, 40).Select(static index => $"t{index}"))
        {
            story.Knows(new ScenarioTx(tx, $"sender-{tx}", 0));
        }

        return story;
    }

    protected static LogEvent.ReceiptsObserved ReceiptsOf(Scenario story, string block, params TxLog[] logs)
    {
        ArgumentNullException.ThrowIfNull(story);
        return new LogEvent.ReceiptsObserved(Named.Block(block), story.NumberOf(block), 0, IsVerified: true, [Receipt($"t{block[1..]}", logs)]) { Continuation = ReceiptsContinuation.Complete };
    }

    protected Scenario Story { get; }

    protected Hash256 Registry { get; }

    protected IMarketBook Book => Story.Engine.View<IMarketBook>();

    protected IMarketWatch Watch => Story.Engine.View<IMarketWatch>();

    /// <summary>Two reserves, and Bob with ten ether supplied and dollars owed.</summary>
    private protected static AaveStorage Storage(ulong etherPrice = 2_000, ulong owed = 15_000, ulong supplied = 10) => StorageOf(Pool, etherPrice)
        .Account(Bob, (0, EtherSupply, (UInt256)Ether * supplied, EtherDebt, 0), (1, DollarSupply, 0, DollarDebt, (UInt256)Dollar * owed));

    /// <summary>The two reserves alone.</summary>
    private protected static AaveStorage StorageOf(Address market, ulong etherPrice = 2_000, ulong threshold = 8_000) => new AaveStorage(market)
        .Reserve(EtherToken, EtherSupply, EtherDebt, 18, threshold, 10_500, etherPrice * BaseUnit, EtherFeed, fee: 1_000)
        .Reserve(DollarToken, DollarSupply, DollarDebt, 6, 7_500, 10_400, BaseUnit, DollarFeed);

    /// <summary>A block in which an account borrows.</summary>
    protected void Borrowed(string block, string tx, Address account)
    {
        Story.Block(block, tx);
        Receipts(block, Receipt(tx, Borrow(account)));
    }

    private protected void ObserveMarket(string block, AaveStorage storage, ulong revision = 11) => Story.Fact(
        new LogEvent.MarketObserved(Named.Block(block), NumberOf(block), Pool, default, IsProven: true, storage.Pool(revision), storage.Prices));

    private protected void ObserveAccount(string block, AaveStorage storage, Address? account = null) => Story.Fact(
        new LogEvent.MarketObserved(Named.Block(block), NumberOf(block), Pool, account ?? Bob, IsProven: true, storage.Of(account ?? Bob), []));

    /// <summary>The market and Bob are known as of a block in which he borrowed.</summary>
    protected void Known(string block = "b1")
    {
        Borrowed(block, "t0", Bob);
        ObserveMarket(block, Storage());
        ObserveAccount(block, Storage());
    }

    protected BlockNumber NumberOf(string block) => Story.NumberOf(block);

    protected void Receipts(string block, params TxResult[] receipts) => Receipts(block, 0, ReceiptsContinuation.Complete, receipts);

    protected void Receipts(string block, int first, ReceiptsContinuation continuation, params TxResult[] receipts) => Story.Fact(
        new LogEvent.ReceiptsObserved(Named.Block(block), NumberOf(block), first, IsVerified: true, receipts) { Continuation = continuation, FirstLog = first });

    protected static TxResult Receipt(string tx, params TxLog[] logs) => new(Named.Tx(tx), ExecutionOutcome.Succeeded, new Gas(21_000), logs, 0);

    protected static TxLog Borrow(Address account) => new(Pool, [s_borrow, Topic(DollarToken), Topic(account), default], CallData.Words().Add(account).Add(1).Add(2).Add(0).ToArray());

    protected static TxLog Supply(Address account) => new(Pool, [s_supply, Topic(EtherToken), Topic(account), default], CallData.Words().Add(account).Add(1).ToArray());

    protected static TxLog Moved(Address token, UInt256 liquidityIndex, UInt256 borrowIndex, UInt256? borrowRate = null) =>
        new(Pool, [s_moved, Topic(token)], CallData.Words().Add(7).Add(0).Add(borrowRate ?? 0).Add(liquidityIndex).Add(borrowIndex).ToArray());

    protected static TxLog Answer(Address feed, UInt256 answer) => new(feed, [s_answer, Word(answer), Word(77)], CallData.Words().Add(1).ToArray());

    protected static TxLog Log(Address contract, params Address[] topics) => new(contract, [Named.Tx("some event"), .. topics.Select(Topic)], Array.Empty<byte>());

    /// <summary>A pending report of one observation to a feed.</summary>
    protected string Reported(Address feed, UInt256 answer, string? name = null)
    {
        name ??= $"report{_nonce++}";
        byte[] report = CallData.Words().Add(1).Add(2).Add(128).Add(0).Add(1).Add(answer).ToArray();
        byte[] data = CallData.Of("transmit(bytes32[3],bytes,bytes32[],bytes32[],bytes32)").Add(1).Add(2).Add(3).Add(224).Add(0).Add(0).Add(0).AddBytes(report).ToArray();
        Story.Decoded(new ScenarioTx(name, $"sender-{name}", 0) { Call = (feed, data) });
        return name;
    }

    protected IReadOnlyList<Opportunity> Opportunities(string tx) => Story.Engine.View<IOpportunityView>().OfTx(Named.Tx(tx));

    private protected AaveReserve Reserve(Address token)
    {
        Assert.True(Book.TryGet(Pool, out var market));
        return market.Reserves.Single(reserve => reserve!.Tokens.Token == token)!.State;
    }

    protected static PoolKey Key(Address account) => new(Pool, Topic(account));

    protected static Hash256 Topic(Address account) => Word(CallData.Word(account));

    protected static Hash256 Word(UInt256 value)
    {
        byte[] bytes = new byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        return new Hash256(bytes);
    }

    /// <summary>A fold in another process, and one from a checkpoint at every event, have the same markets and opportunities.</summary>
    protected void AssertReplays()
    {
        var composition = FoldComposition.Default.Reading(_contents);
        var straight = composition.Create(Scenario.Chain);
        for (ulong seq = 1; seq <= Story.Log.Last.Value; seq++)
        {
            straight.Apply(Story.Log.At(new GlobalSeq(seq)));
            straight.AssertInvariants();
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
        Assert.Empty(engine.Divergences);
        Assert.Equal(Story.Engine.Digest(), engine.Digest());
        var (book, watch) = (engine.View<IMarketBook>(), engine.View<IMarketWatch>());
        Assert.Equal((Book.Head?.Hash, Book.AccountCount, Watch.NotTaken, Watch.AccountsLeft), (book.Head?.Hash, book.AccountCount, watch.NotTaken, watch.AccountsLeft));
        Assert.Equal(
            Story.Engine.View<IOpportunityView>().List(new OpportunityQuery()).Select(static opp => (opp.Detected.Opp, opp.Status, opp.End, opp.Detected.Score)),
            engine.View<IOpportunityView>().List(new OpportunityQuery()).Select(static opp => (opp.Detected.Opp, opp.Status, opp.End, opp.Detected.Score)));
    }
}
