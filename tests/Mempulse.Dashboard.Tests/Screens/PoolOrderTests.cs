using Mempulse.Dashboard.Screens.Radar;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>What a viewer looks at holds still.</summary>
public sealed class PoolOrderTests
{
    private const int Visible = 20;

    [Fact]
    public void The_first_rows_are_shown_in_the_wanted_order()
    {
        var order = new PoolOrder();

        order.Take(Rows(5, 3, 9), Visible, isHeld: false, Unknown);

        Assert.Equal(Ids(5, 3, 9), order.Shown.Select(static row => row.Id));
    }

    [Fact]
    public void At_most_a_tenth_of_the_visible_rows_move_with_an_update()
    {
        var order = new PoolOrder();
        order.Take(Rows([.. Enumerable.Range(1, Visible)]), Visible, isHeld: false, Unknown);

        order.Take(Rows([.. Enumerable.Range(1, Visible).Reverse()]), Visible, isHeld: false, Unknown);

        Assert.Equal(Ids([20, 19, .. Enumerable.Range(1, Visible - 2)]), order.Shown.Select(static row => row.Id));
    }

    [Fact]
    public void A_held_list_keeps_its_order_takes_values_and_lets_new_rows_wait()
    {
        var order = new PoolOrder();
        order.Take(Rows(1, 2, 3), Visible, isHeld: false, Unknown);

        order.Take([Row(3, TxState.Queued), Row(9), Row(2), Row(1)], Visible, isHeld: true, Unknown);

        Assert.Equal(Ids(1, 2, 3), order.Shown.Select(static row => row.Id));
        Assert.Equal(TxState.Queued, order.Shown[2].State);
    }

    [Fact]
    public void A_row_that_no_longer_matches_stays_with_its_new_state_until_the_order_may_change()
    {
        var order = new PoolOrder();
        order.Take(Rows(1, 2, 3), Visible, isHeld: false, Unknown);

        order.Take(Rows(1, 3), Visible, isHeld: true, static _ => TxState.Included);
        var held = order.Shown.ToList();
        order.Take(Rows(1, 3), Visible, isHeld: false, Unknown);

        Assert.Equal((1, TxState.Included), (held.Count(static row => row.IsGone), held[1].State));
        Assert.Equal(Ids(1, 3), order.Shown.Select(static row => row.Id));
    }

    [Fact]
    public void Of_many_rows_that_no_longer_match_a_tenth_leaves_with_an_update_and_each_makes_room_for_one()
    {
        var order = new PoolOrder();
        order.Take(Rows([.. Enumerable.Range(1, Visible)]), Visible, isHeld: false, Unknown);

        order.Take(Rows([.. Enumerable.Range(9, Visible)]), Visible, isHeld: false, Unknown);

        Assert.Equal(Ids([.. Enumerable.Range(3, Visible - 2)]), order.Shown.Take(Visible - 2).Select(static row => row.Id));
        Assert.Equal(6, order.Gone);
    }

    [Fact]
    public void Rows_that_arrive_above_wait_and_are_counted_and_the_oldest_of_them_comes_first()
    {
        var order = new PoolOrder();
        order.Take(Rows([.. Enumerable.Range(1, Visible).Reverse()]), Visible, isHeld: false, Unknown);

        order.Take(Rows([.. Enumerable.Range(1, Visible + 7).Reverse()]), Visible, isHeld: false, Unknown);

        Assert.Equal(5, order.Newer);
        Assert.Equal(Ids(22, 21, 20, 19), order.Shown.Take(4).Select(static row => row.Id));
    }

    [Fact]
    public void Newer_rows_are_taken_at_once_when_the_viewer_asks()
    {
        var order = new PoolOrder();
        order.Take(Rows(3, 2, 1), Visible, isHeld: false, Unknown);
        order.Take(Rows(9, 8, 7, 3, 2, 1), Visible, isHeld: true, Unknown);
        int newer = order.Newer;

        order.Reset();
        order.Take(Rows(9, 8, 7, 3, 2, 1), Visible, isHeld: false, Unknown);

        Assert.Equal((3, 0), (newer, order.Newer));
        Assert.Equal(Ids(9, 8, 7, 3, 2, 1), order.Shown.Select(static row => row.Id));
    }

    private static TxState Unknown(Hash256 hash) => TxState.Unknown;

    private static IEnumerable<string> Ids(params int[] numbers) => numbers.Select(static number => HashOf(number).ToString());

    private static IReadOnlyList<TxListRow> Rows(params int[] numbers) => [.. numbers.Select(static number => Row(number))];

    private static TxListRow Row(int number, TxState state = TxState.Pending) => new()
    {
        Hash = HashOf(number),
        State = state,
        FirstAt = default,
        Sender = null,
        Nonce = null,
        MissingNonces = null,
        IsReplacement = false,
        IsTrigger = false,
        Fee = FeeClass.Unknown,
        Tip = null,
        Sightings = 1,
        HeardBy = [],
        Flags = [],
        Score = null,
        Body = null,
    };

    private static Hash256 HashOf(int number) => Hash256.Parse($"0x{number:x64}");
}
