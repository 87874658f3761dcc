using Mempulse.Features.Book;
using Mempulse.Features.Liquidations.Aave;
using Mempulse.Features.Markets;
using Mempulse.Features.Rules;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Markets;

/// <summary>The markets as the log tells of them: asked for by their events, read at a block, moved by events, taken back by reorgs and set aside.</summary>
public sealed class MarketBookFoldTests : MarketStory
{
    [Fact]
    public void A_market_is_asked_for_when_it_emits_an_event_and_an_account_when_it_borrows()
    {
        Story.Block("b1", "t0", "t1");
        Receipts("b1", Receipt("t0", Log(Named.Account("another contract"), Bob)));
        Assert.Empty(Watch.Wanted(10));

        Borrowed("b2", "t2", Bob);
        Assert.Equal([(Pool, Oracle, true, 0)], Watch.Wanted(10).Select(static task => (task.Market, task.Oracle, task.IsWanted, task.Accounts.Count))); // accounts once the reserves are known
        Assert.Equal(Named.Block("b2"), Watch.At!.Value.Hash);

        Borrowed("b3", "t3", Named.Account("eve"));
        ObserveMarket("b3", Storage());
        var task = Assert.Single(Watch.Wanted(10));
        Assert.False(task.IsWanted);
        Assert.Equal([Named.Account("eve"), Bob], task.Accounts);
        Assert.Equal([EtherSupply, DollarSupply], task.Reserves.Select(static reserve => reserve.Supply));
        AssertReplays();
    }

    [Fact]
    public void A_log_without_an_event_of_a_market_has_no_state_of_markets()
    {
        Story.Block("b1", "t0");
        Receipts("b1", Receipt("t0", Log(Oracle, Bob), Answer(EtherFeed, 5)));

        Assert.Null(Watch.At);
        Assert.Equal((0, 0), (Watch.MarketCount, Book.AccountCount));
        AssertReplays();
    }

    [Fact]
    public void Reserves_and_accounts_are_what_their_slots_say()
    {
        Borrowed("b0", "t9", Bob);
        Known();

        Assert.True(Book.TryGet(Pool, out var market));
        Assert.Equal((11, true, Story.BlockTimeSeconds), (market.Revision, market.IsProven, market.Time));
        Assert.Equal([(EtherToken, EtherFeed), (DollarToken, DollarFeed)], market.Reserves.Select(static reserve => (reserve!.Tokens.Token, reserve.Feed)));
        var ether = market.Reserves[0]!.State;
        Assert.Equal((0, AaveStorage.Ray, AaveStorage.Ray, AaveStorage.Time, (UInt256)2_000 * BaseUnit), (ether.Id, ether.LiquidityIndex, ether.BorrowIndex, ether.UpdatedAt, ether.Price));
        var bob = Assert.Single(market.Accounts);
        Assert.Equal(Bob, bob.Account);
        Assert.Equal([new AaveHolding(0, AaveUses.Collateral, (UInt256)Ether * 10, 0), new AaveHolding(1, AaveUses.Debt, 0, (UInt256)Dollar * 15_000)], bob.Holdings);
        Assert.Equal(AaveCategory.None, bob.Category);
        AssertReplays();
    }

    [Fact]
    public void Events_move_indexes_and_prices_and_a_reorg_takes_them_back()
    {
        Borrowed("b0", "t9", Bob);
        Known();
        Story.BlockTimeSeconds += 12;
        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Moved(EtherToken, AaveStorage.Ray + 5, AaveStorage.Ray + 9), Answer(EtherFeed, (UInt256)1_900 * BaseUnit), Answer(Named.Account("feed of nothing"), 3)));

        Assert.Equal(
            (AaveStorage.Ray + 5, (UInt256)7, AaveStorage.Ray + 9, Story.BlockTimeSeconds, (UInt256)1_900 * BaseUnit),
            (Reserve(EtherToken).LiquidityIndex, Reserve(EtherToken).LiquidityRate, Reserve(EtherToken).BorrowIndex, Reserve(EtherToken).UpdatedAt, Reserve(EtherToken).Price));
        Assert.Equal((UInt256)BaseUnit, Reserve(DollarToken).Price);
        Assert.Equal(new[] { PoolKey.Of(Pool), PoolKey.Of(EtherFeed), PoolKey.Of(DollarFeed) }.Order(), Book.Changed);

        Story.Reorg("b1");
        Assert.Equal((AaveStorage.Ray, AaveStorage.Time, (UInt256)2_000 * BaseUnit), (Reserve(EtherToken).BorrowIndex, Reserve(EtherToken).UpdatedAt, Reserve(EtherToken).Price));
        Assert.Contains(PoolKey.Of(Pool), Book.Changed);
        Assert.Equal((Named.Block("b1"), 1), (Book.Head!.Value.Hash, Book.AccountCount));
        AssertReplays();
    }

    [Fact]
    public void What_was_read_at_a_block_that_is_left_is_not_known_any_more()
    {
        Borrowed("b0", "t9", Bob);
        Known();

        Story.Reorg("b0").Block("c1", "t1");

        Assert.Null(Book.Head);
        Assert.Equal((0, 1), (Book.AccountCount, Watch.WantedAccounts));
        AssertReplays();
    }

    [Fact]
    public void An_event_that_names_an_account_has_it_read_anew()
    {
        Borrowed("b0", "t9", Bob);
        Known();
        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Log(EtherSupply, Named.Account("eve"), Bob)));

        Assert.Equal((0, 1), (Book.AccountCount, Watch.WantedAccounts));
        Assert.Contains(Key(Bob), Book.Changed);
        Assert.Equal([Bob], Assert.Single(Watch.Wanted(5)).Accounts);
        Assert.Empty(Watch.Wanted(0));

        ObserveAccount("b2", Storage(owed: 1));
        Assert.Equal(1, Book.AccountCount);
        AssertReplays();
    }

    [Fact]
    public void A_block_is_seen_whole_or_not_at_all()
    {
        Borrowed("b0", "t9", Bob);
        Known();
        Story.Block("b2", "t1", "t2");
        Receipts("b2", 0, ReceiptsContinuation.Receipts, Receipt("t1", Answer(EtherFeed, 5), Supply(Bob)));

        Assert.Equal((Named.Block("b1"), (UInt256)2_000 * BaseUnit, 1), (Book.Head!.Value.Hash, Reserve(EtherToken).Price, Book.AccountCount));
        Assert.Empty(Book.Changed);

        Story.Fact(new LogEvent.ReceiptsObserved(Named.Block("b2"), NumberOf("b2"), 1, IsVerified: true, [Receipt("t2", Moved(DollarToken, AaveStorage.Ray, AaveStorage.Ray))]) { Continuation = ReceiptsContinuation.Complete, FirstLog = 2 });
        Assert.Equal((Named.Block("b2"), (UInt256)5, 0), (Book.Head!.Value.Hash, Reserve(EtherToken).Price, Book.AccountCount));
        AssertReplays();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_account_that_is_read_late_is_taken_only_if_nothing_touched_it_since(bool isTouched)
    {
        Borrowed("b0", "t9", Bob);
        ObserveMarket("b0", Storage());
        Story.Block("b1", "t1");
        Receipts("b1", Receipt("t1", isTouched ? Supply(Bob) : Supply(Named.Account("eve"))));

        ObserveAccount("b0", Storage());

        Assert.Equal((isTouched ? 0 : 1, isTouched ? 1UL : 0), (Book.AccountCount, Watch.NotTaken));
        AssertReplays();
    }

    [Fact]
    public void A_market_that_is_read_late_catches_up_with_the_events_since()
    {
        Borrowed("b0", "t9", Bob);
        Story.Block("b1", "t1");
        Receipts("b1", Receipt("t1", Moved(EtherToken, AaveStorage.Ray + 1, AaveStorage.Ray + 2), Answer(DollarFeed, 99_000_000)));

        ObserveMarket("b0", Storage());

        Assert.Equal((AaveStorage.Ray + 2, (UInt256)99_000_000, (UInt256)2_000 * BaseUnit), (Reserve(EtherToken).BorrowIndex, Reserve(DollarToken).Price, Reserve(EtherToken).Price));
        Assert.Equal(Named.Block("b1"), Book.Head!.Value.Hash);
        AssertReplays();
    }

    [Fact]
    public void Readings_of_a_block_that_was_left_of_nothing_asked_for_or_without_a_slot_are_counted_and_not_taken()
    {
        Borrowed("b0", "t9", Bob);
        Story.Block("b1", "t1").Reorg("b0").Block("c1", "t1");

        ObserveMarket("b1", Storage());
        Story.Fact(new LogEvent.MarketObserved(Named.Block("b0"), NumberOf("b0"), Named.Account("other pool"), default, true, [], []));
        Story.Fact(new LogEvent.MarketObserved(Named.Block("b0"), NumberOf("b0"), Pool, default, true, [.. Storage().Pool(11).Skip(3)], []));
        Story.Fact(new LogEvent.MarketObserved(Named.Block("b0"), NumberOf("b0"), Pool, default, true, new AaveStorage(Pool).Pool(11), [])); // a market of no reserves
        ObserveAccount("b0", Storage()); // of a market that is not known
        ObserveMarket("b0", Storage());
        Story.Fact(new LogEvent.MarketObserved(Named.Block("b0"), NumberOf("b0"), Pool, Bob, true, [.. Storage().Of(Bob).Take(2)], []));
        ObserveAccount("b0", Storage().Account(Named.Account("eve")), Named.Account("eve"));

        Assert.Equal((7UL, 1, 0), (Watch.NotTaken, Watch.HeldMarkets, Book.AccountCount));
        AssertReplays();
    }

    [Fact]
    public void A_market_whose_oracle_changes_is_set_aside_until_it_is_read_anew()
    {
        Borrowed("b0", "t9", Bob);
        Known();
        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Log(Oracle, EtherToken)));

        Assert.Null(Book.Head);
        Assert.Empty(Book.PricedBy(EtherFeed));
        Assert.True(Assert.Single(Watch.Wanted(5)).IsWanted);
        Assert.Contains(PoolKey.Of(EtherFeed), Book.Changed);

        ObserveMarket("b2", Storage(etherPrice: 3));
        Assert.Equal((UInt256)3 * BaseUnit, Reserve(EtherToken).Price);
        Assert.Equal(1, Book.AccountCount); // what an account has does not depend on prices
        AssertReplays();
    }

    [Fact]
    public void A_reserve_that_the_reading_does_not_have_sets_the_market_aside()
    {
        Borrowed("b0", "t9", Bob);
        Known();
        Story.Block("b2", "t1");
        Receipts("b2", Receipt("t1", Moved(Named.Account("new token"), AaveStorage.Ray, AaveStorage.Ray)));

        Assert.Null(Book.Head);
        AssertReplays();
    }

    [Fact]
    public void A_market_is_read_anew_from_time_to_time_while_it_is_held()
    {
        Borrowed("b0", "t9", Bob);
        Known();
        Story.EmptyBlocks((int)MarketBookFold.RefreshBlocks - 1);
        Assert.Empty(Watch.Wanted(5));

        Story.Block("due");
        Assert.True(Assert.Single(Watch.Wanted(5)).IsWanted);
        Assert.Equal((1, Named.Block("due")), (Watch.HeldMarkets, Book.Head!.Value.Hash));

        ObserveMarket("due", Storage(etherPrice: 7));
        Assert.Empty(Watch.Wanted(5));
        Assert.Equal((UInt256)7 * BaseUnit, Reserve(EtherToken).Price);
        AssertReplays();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_divergence_sets_an_account_or_a_market_aside(bool isAccount)
    {
        Borrowed("b0", "t9", Bob);
        Known();

        Story.Fact(new LogEvent.StateDivergence(Named.Block("b1"), NumberOf("b1"), Pool, Topic(isAccount ? Bob : DollarToken), DivergenceCause.StorageMutated, new ObservedSlot(8, 1), 2));

        Assert.Equal((isAccount ? 1 : 0, isAccount ? 0 : 1), (Watch.HeldMarkets, Book.AccountCount));
        AssertReplays();
    }

    [Fact]
    public void Changed_terms_of_an_efficiency_mode_set_all_its_borrowers_aside()
    {
        var (eve, joe) = (Named.Account("eve"), Named.Account("joe"));
        var storage = Storage();
        foreach (var account in new[] { eve, joe })
        {
            storage.Account(account, (0, EtherSupply, Ether, EtherDebt, 0), (1, DollarSupply, 0, DollarDebt, Dollar));
        }

        var terms = AaveStorage.Fields((9_000, 0), (9_300, 16), (10_100, 32), (1, 48));
        storage.Mode(Bob, 2, terms).Mode(eve, 2, terms).Mode(joe, 3, terms);
        Story.Block("b1", "t0");
        Receipts("b1", Receipt("t0", Borrow(Bob), Borrow(eve), Borrow(joe)));
        ObserveMarket("b1", storage);
        foreach (var account in new[] { Bob, eve, joe })
        {
            ObserveAccount("b1", storage, account);
        }

        Assert.True(Book.TryGet(Pool, out var market));
        Assert.All(market.Accounts, static account => Assert.Equal(new AaveCategory(9_300, 10_100, 1), account.Category));
        var mode = CallData.Slot(2, 55);
        Assert.Equal(2, Watch.Samples(Named.Block("b1"), 4).SelectMany(static sample => sample.Expectations).Count(expected => expected == (Pool, new SlotExpectation(mode, 256, terms))));
        Assert.All(Watch.Samples(Named.Block("b1"), 4), sample => Assert.Equal(sample.Key == Key(Bob) || sample.Key == Key(eve), sample.Expectations.Contains((Pool, new SlotExpectation(mode, 256, terms)))));

        Story.Fact(new LogEvent.StateDivergence(Named.Block("b1"), NumberOf("b1"), Pool, Topic(Bob), DivergenceCause.StorageMutated, new ObservedSlot(mode, 1), terms));

        Assert.True(Book.TryGet(Pool, out market));
        Assert.Equal([joe], market.Accounts.Select(static account => account.Account));
        AssertReplays();
    }

    [Fact]
    public void A_market_that_first_emits_in_the_middle_of_a_block_is_not_read_before_that_block()
    {
        var (other, eve) = (Named.Account("another pool"), Named.Account("eve"));
        Known();
        Story.Fact(new LogEvent.RulesLoaded(RuleSet.Registry, RegistryOf(Pool, other), 1, "more.json"));
        Story.Block("b2", "t1", "t2");

        Receipts("b2", 0, ReceiptsContinuation.Receipts, Receipt("t1", Borrow(eve) with { Account = other }));

        Assert.Equal(Named.Block("b2"), Watch.At!.Value.Hash);
        Assert.Equal(new[] { Pool, other }.Order(), Watch.Wanted(5).Select(static task => task.Market)); // the first one too: the rest of the block is not waited for
        AssertReplays();
    }

    [Fact]
    public void Samples_are_of_each_market_and_turn_through_all_of_its_borrowers()
    {
        var other = Named.Account("another pool");
        var borrowers = Enumerable.Range(0, 12).Select(static index => Named.Account($"borrower {index}")).ToArray();
        Story.Fact(new LogEvent.RulesLoaded(RuleSet.Registry, RegistryOf(Pool, other), 1, "more.json"));
        Story.Block("b1", "t0");
        Receipts("b1", Receipt("t0", [.. borrowers.SelectMany(account => new[] { Borrow(account), Borrow(account) with { Account = other } })]));
        foreach (var market in new[] { Pool, other })
        {
            var storage = StorageOf(market);
            Story.Fact(new LogEvent.MarketObserved(Named.Block("b1"), NumberOf("b1"), market, default, IsProven: true, storage.Pool(11), storage.Prices));
            foreach (var account in borrowers)
            {
                storage.Account(account, (0, EtherSupply, Ether, EtherDebt, 0));
                Story.Fact(new LogEvent.MarketObserved(Named.Block("b1"), NumberOf("b1"), market, account, IsProven: true, storage.Of(account), []));
            }
        }

        var seen = new SortedSet<PoolKey>();
        for (int i = 0; i < 60; i++)
        {
            string block = $"empty{i}";
            Story.Block(block);
            var accounts = Watch.Samples(Named.Block(block), 4).Select(static sample => sample.Key).Where(key => borrowers.Contains(MarketKey.PartOf(key))).ToArray();
            Assert.Equal([4, 4], new[] { Pool, other }.Select(market => accounts.Count(key => key.Contract == market)));
            Assert.Equal(accounts.Length, accounts.Distinct().Count());
            seen.UnionWith(accounts);
        }

        Assert.Equal(24, seen.Count);
    }

    [Fact]
    public void Samples_say_what_the_storage_has_to_be_at_the_head()
    {
        Borrowed("b0", "t9", Bob);
        Known();
        var storage = Storage();
        Story.Block("b2", "t1");
        Assert.Empty(Watch.Samples(Named.Block("b2"), 4)); // its events are not known yet
        Receipts("b2", Receipt("t1", Moved(EtherToken, AaveStorage.Ray + 5, AaveStorage.Ray + 9, borrowRate: 11)));

        var samples = Watch.Samples(Named.Block("b2"), 4);

        Assert.Equal(new[] { Key(Bob), Key(EtherToken), Key(DollarToken) }.Order(), samples.Select(static sample => sample.Key).Order());
        var slots = storage.Pool(11).Concat(storage.Of(Bob)).ToDictionary(static slot => (slot.Contract, slot.Stored.Slot), static slot => slot.Stored.Value);
        var first = CallData.Slot(CallData.Word(EtherToken), 52);
        slots[(Pool, first + 1)] = AaveStorage.Ray + 5 + AaveStorage.Fields((7, 128));
        slots[(Pool, first + 2)] = AaveStorage.Ray + 9 + AaveStorage.Fields((11, 128));
        Assert.Equal(10, samples.Sum(static sample => sample.Expectations.Count));
        Assert.All(samples.SelectMany(static sample => sample.Expectations), expected => Assert.True(expected.Slot.IsMetBy(slots[(expected.Contract, expected.Slot.Slot)])));
        Assert.Single(Watch.Samples(Named.Block("b2"), 1), static sample => sample.Key == Key(Bob));
    }

    [Fact]
    public void Receipts_with_omitted_logs_and_blocks_that_never_arrive_have_everything_read_anew()
    {
        Borrowed("b0", "t9", Bob);
        Known();
        Story.Block("b2", "t1");
        Story.Fact(new LogEvent.ReceiptsObserved(Named.Block("b2"), NumberOf("b2"), 0, IsVerified: true, [new TxResult(Named.Tx("t1"), ExecutionOutcome.Succeeded, new Gas(1), [], 3)]) { Continuation = ReceiptsContinuation.Complete });
        Assert.Equal((null, 0, Named.Block("b2")), (Book.Head, Book.AccountCount, Watch.At!.Value.Hash));

        ObserveMarket("b2", Storage());
        ObserveAccount("b2", Storage());
        Assert.Equal(1, Book.AccountCount);
        for (int i = 3; i < 3 + (int)MarketBlocks.MaxLag; i++)
        {
            Story.Block($"b{i}", $"t{i}");
        }

        Assert.Equal(1, Book.AccountCount);
        Story.Block("late", "t30");
        Assert.Equal((0, Named.Block("late")), (Book.AccountCount, Watch.At!.Value.Hash));
        AssertReplays();
    }

    [Fact]
    public void The_account_that_was_used_longest_ago_leaves_and_is_counted()
    {
        var rules = new RulesFold(Contents);
        var fold = new MarketBookFold(rules, maxAccounts: 2);
        var story = StoryOf(FoldComposition.Of(() => [rules, fold]));
        var (first, second, third) = (Named.Account("first"), Named.Account("second"), Named.Account("third"));
        story.Block("b0", "t0").Fact(ReceiptsOf(story, "b0", Borrow(first)));
        story.Block("b1", "t1").Fact(ReceiptsOf(story, "b1", Borrow(first), Borrow(second)));
        story.Fact(new LogEvent.MarketObserved(Named.Block("b1"), story.NumberOf("b1"), Pool, default, true, Storage().Pool(11), Storage().Prices));
        Assert.Equal([second, first], Assert.Single(fold.Wanted(5)).Accounts);

        story.Block("b2", "t2").Fact(ReceiptsOf(story, "b2", Supply(first), Borrow(third)));

        Assert.Equal([third, first], Assert.Single(fold.Wanted(5)).Accounts);
        Assert.Equal((1UL, 2), (fold.AccountsLeft, fold.WantedAccounts));
        fold.AssertInvariants();
    }
}
