using Mempulse.Dashboard.Feed;

namespace Mempulse.Dashboard.Tests.Feed;

/// <summary>The order of a list under the reader's eyes.</summary>
public sealed class SettledOrderTests
{
    private const int Rows = 20;

    private readonly SettledOrder _order = new();

    [Fact]
    public void The_first_set_is_shown_whole() => Assert.Equal(Names(Rows), Next(Names(Rows)));

    [Fact]
    public void At_most_a_tenth_of_the_visible_rows_moves_with_an_update_and_the_order_is_reached()
    {
        Next(Names(Rows));
        string[] wanted = [.. Names(Rows).Reverse()];
        string[] shown = Names(Rows);
        int updates = 0;
        while (!shown.SequenceEqual(wanted))
        {
            string[] next = Next(wanted);
            Assert.InRange(Moved(shown, next), 1, Rows / 10);
            shown = next;
            Assert.InRange(++updates, 1, Rows);
        }
    }

    [Fact]
    public void Nothing_moves_and_nothing_new_is_inserted_while_it_is_held()
    {
        Next(["a", "b", "c"]);

        Assert.Equal(["a", "c"], Next(["d", "c", "a"], isHeld: true));
        Assert.Equal("d", Next(["d", "c", "a"])[0]);
    }

    [Fact]
    public void After_a_reset_the_wanted_order_is_shown_at_once()
    {
        Next(Names(Rows));
        _order.Reset();

        Assert.Equal(Names(Rows).Reverse(), Next([.. Names(Rows).Reverse()]));
    }

    /// <summary>Rows that have to be taken out so that the others are in the same order: all but the longest common run.</summary>
    private static int Moved(string[] before, string[] after)
    {
        int[] places = [.. after.Select(name => Array.IndexOf(before, name))];
        int[] longest = new int[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            longest[i] = 1 + Enumerable.Range(0, i).Where(earlier => places[earlier] < places[i]).Select(earlier => longest[earlier]).DefaultIfEmpty().Max();
        }

        return places.Length - longest.Max();
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(static i => $"row {i:D2}")];

    private string[] Next(string[] wanted, bool isHeld = false) => [.. _order.Next(wanted, static name => name, Rows, isHeld)];
}
