using Mempulse.Features.Book;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Book;

/// <summary>What is in the book when more is asked for than there is room: what blocks confirm stays, whatever pending transactions ask for.</summary>
public sealed class BookRoomTests() : BookStory(static rules => FeatureDerivations.Create(
    rules, ProgramStrategies.Instance, new BookBounds { Asked = 24, Held = 12, Traded = 12, Absent = 64, LetGo = 256, AskedAgain = 8, OfOneTx = 8 }))
{
    private int _junk;

    [Fact]
    public void Trades_that_are_never_mined_displace_no_pool_that_has_a_state()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Observe("base", Pool("f1", A, Hub), 3_000, 4_000);
        Story.Block("b1", "t1");
        Synced("b1", "t1", (Pool("f1"), 1_100, 1_900));

        Junk(300);

        Assert.Equal((1_100, 1_900, true), ReservesOf("f1"));
        Assert.True(IsHeld("f1", A, Hub));
        Assert.True(Watch.Evicted >= 300 * 4, $"{Watch.Evicted} pools were evicted");
        Assert.Equal(24 + 2, Watch.WantedCount); // what was asked for last, and the second pools of the two pairs
        Synced("b1", "t1", (Pool("f1"), 1, 1));
        Story.Block("b2", "t2");
        Synced("b2", "t2", (Pool("f1"), 1_200, 1_800));
        Assert.Equal((1_200, 1_800, true), ReservesOf("f1")); // and it is followed
        AssertReplays();
    }

    [Fact]
    public void Pools_that_exist_but_are_not_traded_displace_none_that_blocks_trade()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Story.Block("b1", "t1");
        Synced("b1", "t1", (Pool("f1"), 1_100, 1_900));

        for (int i = 0; i < 40; i++)
        {
            var (one, other) = Junk();
            Observe("b1", Pool("f1", one, other), 5, 6);
        }

        Assert.Equal((1_100, 1_900, true), ReservesOf("f1"));
        Assert.Equal(7, Book.Count); // those that are traded, and as many of the others as there is room for
        AssertReplays();
    }

    [Fact]
    public void The_pair_that_was_traded_longest_ago_gives_way_to_those_that_are_traded()
    {
        var traded = new List<(Address One, Address Other)>();
        var goings = new List<PoolKey>();
        for (int i = 0; i < 7; i++)
        {
            traded.Add(Junk());
            NoteGoings();
            Observe(i == 0 ? "base" : $"b{i - 1}", Pool("f1", traded[i].One, traded[i].Other), 5, 6);
            NoteGoings();
            Story.Block($"b{i}", $"t{i}");
            Synced($"b{i}", $"t{i}", (Pool("f1", traded[0].One, traded[0].Other), 10, (ulong)(10 + i)), (Pool("f1", traded[i].One, traded[i].Other), 20, (ulong)(20 + i)));
            NoteGoings();
        }

        Assert.Equal([true, false, true, true, true, true, true], traded.Select(pair => IsHeld("f1", pair.One, pair.Other))); // the first one is traded in every block
        Assert.Equal([Pool("f1", traded[1].One, traded[1].Other)], goings.Intersect(traded.Select(pair => Pool("f1", pair.One, pair.Other))));
        AssertReplays();

        void NoteGoings() => goings.AddRange(Book.Changed.Where(key => !Book.TryGet(key, out _)));
    }

    [Fact]
    public void The_sender_who_asks_for_the_most_displaces_its_own_requests()
    {
        Trade(A, B);
        for (ulong nonce = 0; nonce < 20; nonce++)
        {
            Junk(sender: "flood", nonce);
        }

        Assert.True(IsWanted("f1", A, B) && IsWanted("f2", A, Hub) && IsWanted("f1", B, Hub));
        AssertReplays();
    }

    [Fact]
    public void Of_senders_who_ask_for_as_much_the_one_whose_requests_are_oldest_is_displaced_and_a_trade_renews_them()
    {
        Trade(A, B, "first");
        var (second, third) = (Junk("second"), Junk("third"));
        Trade(B, A, "renews");
        Junk("fourth");

        Trade(Hub, RouterAccount, "fifth"); // one pair

        Assert.False(IsWanted("f1", second.One, second.Other) && IsWanted("f1", second.One, Hub) && IsWanted("f1", second.Other, Hub));
        Assert.True(IsWanted("f1", third.One, third.Other) && IsWanted("f1", third.One, Hub) && IsWanted("f1", third.Other, Hub));
        Assert.True(IsWanted("f1", A, B) && IsWanted("f1", A, Hub) && IsWanted("f1", B, Hub));
        AssertReplays();
    }

    [Fact]
    public void Of_one_senders_requests_the_one_that_was_renewed_is_displaced_last()
    {
        Trade(A, B, "first"); // asks for A with the hub, B with the hub, A with B
        Trade(A, RouterAccount, "renews");
        Junk(2);

        Junk("third");

        Assert.False(IsWanted("f1", B, Hub));
        Assert.True(IsWanted("f1", A, Hub) && IsWanted("f1", A, B));
        AssertReplays();
    }

    [Fact]
    public void One_transaction_asks_for_a_bounded_number_of_pairs_first_those_that_it_trades()
    {
        var story = new Narrow();

        story.Ask();

        Assert.Equal((4, 1UL), (story.Wanted, story.Left));
    }

    [Fact]
    public void A_pair_that_gave_way_is_asked_for_again_once_there_is_room_while_its_transaction_waits()
    {
        var (waits, mined) = (Trade(A, B), Trade(B, RouterAccount));
        Junk(40);
        Assert.False(IsWanted("f1", A, B) || IsWanted("f1", B, RouterAccount));
        var named = new SortedSet<PoolKey> { Pool("f1"), Pool("f2"), Pool("f1", A, Hub), Pool("f2", A, Hub), Pool("f1", B, Hub), Pool("f2", B, Hub), Pool("f1", B, RouterAccount), Pool("f2", B, RouterAccount) };
        Story.Block("b1", mined);
        Receipts("b1", 0, ReceiptsContinuation.Complete, Receipt(mined));

        for (int i = 0; i < 40; i++)
        {
            foreach (var junk in Watch.Wanted(100).Where(junk => !named.Contains(junk.Key)))
            {
                Observe(Story.Head!, junk.Key, 0, 0); // what was asked for does not exist, so there is room
            }

            Story.Block($"e{i}");
        }

        Assert.True(IsWanted("f1", A, B) && IsWanted("f1", A, Hub));
        Assert.False(IsWanted("f1", B, RouterAccount));
        Assert.Equal(TxState.Pending, Story.StateOf(waits));
        AssertReplays();
    }

    [Fact]
    public void A_pair_that_gave_way_is_asked_for_again_by_the_next_trade()
    {
        Trade(A, B);
        Junk(40);
        Assert.False(IsWanted("f1", A, B));

        Trade(B, A);

        Assert.True(IsWanted("f1", A, B));
        AssertReplays();
    }

    [Fact]
    public void Pools_that_do_not_exist_take_no_room_and_are_not_read_again()
    {
        for (int i = 0; i < 6; i++)
        {
            Junk();
            foreach (var junk in Watch.Wanted(100))
            {
                Observe("base", junk.Key, 0, 0);
            }
        }

        Assert.Equal((0, 0UL), (Watch.WantedCount, Watch.Evicted));
        Trade(A, B);
        Observe("base", Pool("f1"), 0, 0);
        Observe("base", Pool("f2"), 0, 0);
        Trade(B, A);
        Assert.False(IsWanted("f1", A, B));
        Story.Block("b1", "t1");
        Synced("b1", "t1", (Pool("f1"), 10, 20));

        Assert.True(IsWanted("f1", A, B));
        Assert.Contains(Pool("f1"), Watch.Wanted(1).Select(static pool => pool.Key)); // a block has it, so it comes first
        AssertReplays();
    }

    [Fact]
    public void What_blocks_trade_is_read_first_then_what_was_set_aside_then_by_turns_what_was_asked_for_last_and_first()
    {
        Trade(A, B, "first");
        Observe("base", Pool("f1"), 1_000, 2_000);
        Observe("base", Pool("f1", A, Hub), 3_000, 4_000);
        Story.Block("b1", "t1").Block("b2", "t2");
        Synced("b1", "t1", (Pool("f1"), 1_100, 1_900));
        var (first, _, last) = (Junk("second"), Junk("third"), Junk("third", 1));
        Receipts("b2", 0, ReceiptsContinuation.Complete, Receipt("t2") with { OmittedLogs = 1 });

        var keys = Watch.Wanted(100).Select(static pool => pool.Key).ToList();

        Assert.Equal(new[] { Pool("f1"), Pool("f2") }.Order(), keys[..2].Order());
        Assert.Equal(new[] { Pool("f1", A, Hub), Pool("f2", A, Hub) }.Order(), keys[2..4].Order());
        Assert.Equal(new[] { Pool("f1", last.One, last.Other), Pool("f2", last.One, last.Other) }.Order(), keys[4..6].Order());
        Assert.Equal(new[] { Pool("f1", B, Hub), Pool("f2", B, Hub) }.Order(), keys[6..8].Order()); // waits the longest, of the first sender
        Assert.Contains(keys[8], new[] { Pool("f1", first.One, Hub), Pool("f1", first.Other, Hub), Pool("f1", first.One, first.Other), Pool("f2", first.One, Hub), Pool("f2", first.Other, Hub), Pool("f2", first.One, first.Other) }); // then the one sender that had no turn
    }

    [Fact]
    public void Pairs_of_the_book_get_the_pools_of_factories_that_a_later_registry_adds()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), 1_000, 2_000);
        Observe("base", Pool("f2"), 0, 0);
        Observe("base", Pool("f1", A, Hub), 0, 0);
        Observe("base", Pool("f2", A, Hub), 0, 0);

        LoadRegistry("f1", "f2", "f3");

        Assert.True(IsWanted("f3", A, B) && IsWanted("f3", A, Hub) && IsWanted("f3", B, Hub));
        Assert.False(IsWanted("f2", A, B) || IsWanted("f1", A, Hub)); // they were read
        Assert.Equal((1_000, 2_000, true), ReservesOf("f1"));
        Observe("base", Pool("f3", A, B), 7, 8);
        Assert.Equal(2, Book.PoolsOf(A, B).Count);
        AssertReplays();
    }

    private void Junk(int trades)
    {
        for (int i = 0; i < trades; i++)
        {
            Junk();
        }
    }

    /// <summary>A trade of two tokens that nothing else names.</summary>
    private (Address One, Address Other) Junk(string? sender = null, ulong nonce = 0)
    {
        var pair = (Named.Account($"junk{_junk}"), Named.Account($"more{_junk}"));
        _junk++;
        Trade(pair.Item1, pair.Item2, sender, nonce);
        return pair;
    }

    /// <summary>A book in which one transaction asks for two pairs.</summary>
    private sealed class Narrow() : BookStory(static rules => FeatureDerivations.Create(rules, ProgramStrategies.Instance, new BookBounds { OfOneTx = 2 }))
    {
        public int Wanted => Watch.WantedCount;

        public ulong Left => Watch.NotAsked;

        public void Ask()
        {
            Trade(A, B);
            Assert.True(IsWanted("f1", A, B));
            AssertReplays();
        }
    }
}
