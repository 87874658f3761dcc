using Mempulse.Features.Book;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Book;

/// <summary>Tokens whose own events are contradicted by pools leave the book; nothing that others do makes a token look so.</summary>
public sealed class BookTokenTests : BookStory
{
    private static readonly Address s_trader = Named.Account("trader");
    private static readonly Address s_collector = Named.Account("collector");

    private (ulong A, ulong B) _reserves = (10_000, 20_000);
    private int _block;

    public BookTokenTests()
    {
        Trade(A, B);
        Observe("base", Pool("f1"), _reserves.A, _reserves.B);
        Observe("base", Pool("f1", B, Hub), 500, 500);
    }

    [Fact]
    public void A_token_of_which_less_arrives_than_its_events_say_leaves_the_book_after_three_transactions()
    {
        TakesFee();
        TakesFee();
        Assert.Empty(Judged());
        Assert.True(IsHeld("f1", A, B));

        TakesFee();

        var judged = Assert.Single(Judged());
        Assert.Equal((A, TokenConduct.KeepsShare, 3, Named.Tx("m2"), Named.Block("b2")), (judged.Token, judged.Conduct, judged.Transactions, judged.Tx, judged.Block));
        Assert.Equal([A], Watch.InexactTokens);
        Assert.False(IsHeld("f1", A, B));
        Assert.Contains(Pool("f1"), Book.Changed);
        Assert.True(IsHeld("f1", B, Hub)); // the others stay
        Assert.Empty(Book.NeighboursOf(A));
        Trade(A, B);
        Assert.False(IsWanted("f1", A, B) || IsWanted("f1", A, Hub));
        AssertReplays();
    }

    [Fact]
    public void A_token_that_pays_less_than_the_pool_says_leaves_the_book()
    {
        for (int i = 0; i < 3; i++)
        {
            Block(
                Transfer(B, s_trader, Pool("f1").Contract, 100),
                Transfer(A, Pool("f1").Contract, s_trader, 49),
                Transfer(A, Pool("f1").Contract, s_collector, 1),
                SyncBy(-50, +100),
                Swapped(Pool("f1"), IsLow(A) ? 50 : 0UL, IsLow(A) ? 0UL : 50, s_trader));
        }

        Assert.Equal((A, TokenConduct.KeepsShare), (Judged().Single().Token, Judged().Single().Conduct));
        AssertReplays();
    }

    [Fact]
    public void A_token_whose_balances_fall_without_a_transfer_leaves_the_book()
    {
        for (int i = 0; i < 3; i++)
        {
            Block(SyncBy(-10, 0));
        }

        Assert.Equal((A, TokenConduct.Rebases), (Judged().Single().Token, Judged().Single().Conduct));
        AssertReplays();
    }

    [Fact]
    public void Swaps_gifts_skims_and_parallel_payments_of_an_exact_token_show_nothing()
    {
        var pool = Pool("f1").Contract;
        for (int i = 0; i < 6; i++)
        {
            Block( // an ordinary swap, whose trader pays a fee to someone else
                Transfer(A, s_trader, s_collector, 3), Transfer(A, s_trader, pool, 100), Transfer(B, pool, s_trader, 40), SyncBy(+100, -40), Swapped(Pool("f1"), IsLow(A) ? 0UL : 40, IsLow(A) ? 40 : 0UL, s_trader));
            Block( // two swaps in one transaction
                Transfer(A, s_trader, pool, 10), Transfer(B, pool, s_trader, 4), SyncBy(+10, -4), Transfer(A, s_trader, pool, 10), Transfer(B, pool, s_trader, 4), SyncBy(+10, -4));
            Block(Transfer(A, s_trader, pool, 7)); // a gift
            Block(SyncBy(+7, 0)); // which someone makes the pool notice later
            Block(Transfer(A, s_trader, pool, 5), Transfer(A, pool, s_collector, 5)); // and one that is skimmed
            Block(Transfer(A, s_trader, pool, 50), SyncBy(+50, 0), Transfer(A, pool, s_trader, 20), SyncBy(-20, 0)); // liquidity comes and goes
        }

        Assert.Empty(Judged());
        Assert.Empty(Watch.InexactTokens);
        AssertReplays();
    }

    [Fact]
    public void One_transaction_counts_once_however_often_it_lies()
    {
        Block([.. Enumerable.Range(0, 5).SelectMany(_ => new[] { Transfer(A, s_trader, Pool("f1").Contract, 100), SyncBy(+90, 0) })]);

        Assert.Empty(Judged());
    }

    [Fact]
    public void A_token_that_lies_about_itself_harms_no_other_and_a_hub_is_never_judged()
    {
        for (int i = 0; i < 4; i++)
        {
            Block(
                Transfer(A, s_trader, Pool("f1").Contract, 100), // a lie of A
                Transfer(B, Pool("f1").Contract, s_trader, 40),
                SyncBy(+1, -40),
                Transfer(Hub, s_trader, Pool("f1", B, Hub).Contract, 100),
                Sync(Pool("f1", B, Hub), 400, 400));
        }

        Assert.DoesNotContain(Judged(), static judged => judged.Token == Hub);
        Assert.Contains(Judged(), static judged => judged.Token == A);
    }

    [Fact]
    public void What_a_contract_that_is_no_pool_says_shows_nothing()
    {
        var fake = PoolKey.Of(s_collector);
        for (int i = 0; i < 4; i++)
        {
            Block(Transfer(A, s_trader, s_collector, 100), Sync(fake, 1, 1), Swapped(fake, 5, 5, s_trader));
        }

        Assert.Empty(Judged());
    }

    [Fact]
    public void Parts_of_a_block_that_come_again_show_nothing()
    {
        for (int i = 0; i < 4; i++)
        {
            Story.Knows(new ScenarioTx($"m{i}", $"sender-m{i}", 0)).Block($"b{i}", $"m{i}");
            TxLog[] swap = [Transfer(A, s_trader, Pool("f1").Contract, 100), SyncBy(+100, 0)];
            foreach (var continuation in new[] { ReceiptsContinuation.Logs, ReceiptsContinuation.Logs, ReceiptsContinuation.Complete })
            {
                Receipts($"b{i}", 0, continuation, Receipt($"m{i}", swap));
            }
        }

        Assert.Empty(Judged());
        Assert.Equal(10_400UL, _reserves.A);
        Assert.Equal(Named.Block("b3"), Book.Head!.Value.Hash);
    }

    [Fact]
    public void A_transaction_with_very_many_transfers_shows_nothing()
    {
        for (int i = 0; i < 3; i++)
        {
            Block([.. Enumerable.Range(0, TxTransfers.Most + 1).Select(_ => Transfer(A, s_trader, Pool("f1").Contract, 100)), SyncBy(+1, 0)]);
        }

        Assert.Empty(Judged());
    }

    [Fact]
    public void A_reorg_takes_back_what_showed_it()
    {
        TakesFee();
        TakesFee();
        TakesFee();

        Story.Reorg("b1");

        Assert.Equal([(A, TokenConduct.KeepsShare, 3), (A, TokenConduct.Exact, 2)], Judged().Select(static judged => (judged.Token, judged.Conduct, judged.Transactions)));
        Assert.Empty(Watch.InexactTokens);
        Trade(B, A);
        Assert.True(IsWanted("f1", A, B));
        AssertReplays();
    }

    /// <summary>A trade in which the token keeps a tenth of what its event says.</summary>
    private void TakesFee() => Block(Transfer(A, s_trader, Pool("f1").Contract, 100), Transfer(B, Pool("f1").Contract, s_trader, 40), SyncBy(+90, -40));

    private void Block(params TxLog[] logs)
    {
        string name = $"b{_block}";
        string tx = _block < 10 ? $"m{_block}" : $"n{_block}";
        Story.Knows(new ScenarioTx(tx, $"sender-{tx}", 0));
        _block++;
        Story.Block(name, tx);
        Receipts(name, 0, ReceiptsContinuation.Complete, Receipt(tx, logs));
    }

    /// <summary>The pair states its reserves after they changed by so much.</summary>
    private TxLog SyncBy(int a, int b)
    {
        _reserves = ((ulong)((long)_reserves.A + a), (ulong)((long)_reserves.B + b));
        return IsLow(A) ? Sync(Pool("f1"), _reserves.A, _reserves.B) : Sync(Pool("f1"), _reserves.B, _reserves.A);
    }

    private static bool IsLow(in Address token) => token == (A < B ? A : B);
}
