using CsCheck;
using Mempulse.Features.Listing;
using Mempulse.Features.Tests.Stories;
using Mempulse.Primitives.Listing;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Listing;

/// <summary>Pages of sorted lists: the order of each column, and what pages have in common while the pool changes.</summary>
public sealed class ListPageTests
{
    private static readonly TxSort[] _sorts = Enum.GetValues<TxSort>();
    private readonly PoolStory _story = new();

    public ListPageTests()
    {
        _story.Story.BaseFee = 50;
        _story.Story.GasUsed = 15_000_000;
        _story.Story.Block("b0");
    }

    [Theory]
    [InlineData(TxSort.Age, "gap late high early")]
    [InlineData(TxSort.Tip, "high early late gap")]
    [InlineData(TxSort.MaxFee, "late high early gap")]
    [InlineData(TxSort.Nonce, "gap late")]
    [InlineData(TxSort.HeardBy, "late early")]
    public void Each_column_has_its_order(TxSort sort, string first)
    {
        _story.Story.Seen("early").Decoded(new ScenarioTx("early", "s1", 0) { Fee = 100, Tip = 9 });
        _story.Story.Decoded(new ScenarioTx("high", "s2", 0) { Fee = 120, Tip = 60 });
        _story.Story.Seen("late").Seen("late", "beta").Decoded(new ScenarioTx("late", "s3", 1) { Fee = 900, Tip = 2 });
        _story.Story.Decoded(new ScenarioTx("gap", "s1", 7) { Fee = 51, Tip = 50 });

        var names = Listed.Names(Listed.Page(Listed.Of(_story.Story), sort).Rows, "early", "high", "late", "gap");

        Assert.StartsWith(first, string.Join(' ', names), StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_sort_by_number_and_those_without_one_come_last_in_both_orders()
    {
        _story.Story.Seen("unknown");
        _story.Swaps("small", 1_000_000_000_000, 0).Swaps("large", 9_000_000_000_000_000, 0);
        var list = Listed.Of(_story.Story);

        Assert.Equal(["large", "small", "unknown"], Listed.Names(Listed.Page(list, TxSort.Score).Rows, "small", "large", "unknown"));
        Assert.Equal(["small", "large", "unknown"], Listed.Names(Listed.Page(list, TxSort.Score, SortOrder.Ascending).Rows, "small", "large", "unknown"));
    }

    [Fact]
    public void Equal_values_are_in_the_order_of_hashes_and_pages_join_at_any_length()
    {
        for (int i = 0; i < 30; i++)
        {
            _story.Story.Arrives($"t{i}", $"s{i}", (ulong)(i % 3), fee: 100 + (ulong)(i % 4), tip: (ulong)(i % 5));
        }

        var list = Listed.Of(_story.Story);
        foreach (var (sort, order) in _sorts.SelectMany(static sort => Enum.GetValues<SortOrder>().Select(order => (sort, order))))
        {
            var whole = Listed.Page(list, sort, order);
            var keys = whole.Rows.Select(row => ListKey.Of(row, sort, list.Fees)).ToList();
            Assert.Equal((30, 30, null), (whole.Rows.Count, whole.Matching, whole.Next));
            Assert.All(keys.Zip(keys.Skip(1)), pair => Assert.True(pair.First.IsBefore(pair.Second, order) && !pair.Second.IsBefore(pair.First, order)));
            for (int limit = 1; limit <= 31; limit++)
            {
                Assert.Equal(Listed.Hashes(whole.Rows), Listed.Hashes(Pages(_ => list, sort, order, limit)));
            }
        }
    }

    /// <summary>Between two pages transactions come, are included and are replaced: those that stay are on exactly one page.</summary>
    [Fact]
    public void While_the_pool_changes_each_transaction_that_stays_is_on_exactly_one_page() => Gen.Select(Gen.Int[0, _sorts.Length - 1], Gen.Bool, Gen.Int[1, 7], Gen.Int[0, 3].Array[40]).Sample(
        (sortIndex, isAscending, limit, changes) =>
        {
            var story = new PoolStory();
            story.Story.BaseFee = 50;
            story.Story.GasUsed = 15_000_000;
            story.Story.Block("b0");
            for (int i = 0; i < 12; i++)
            {
                story.Story.Arrives($"stay{i}", $"s{i}", 0, fee: 100 + (ulong)(i % 4), tip: (ulong)(i % 5)).Arrives($"go{i}", $"g{i}", 0, fee: 100 + (ulong)(i % 6), tip: (ulong)(i % 3));
            }

            var (change, list) = (0, Listed.Of(story.Story));
            var pages = Pages(
                page =>
                {
                    for (int i = 0; i < 2 && change < changes.Length; i++, change++)
                    {
                        Change(story.Story, change, changes[change]);
                    }

                    return list = Listed.Of(story.Story, list);
                },
                _sorts[sortIndex],
                isAscending ? SortOrder.Ascending : SortOrder.Descending,
                limit);

            var hashes = Listed.Hashes(pages);
            Assert.Equal(hashes.Distinct().Count(), hashes.Length);
            Assert.All(Enumerable.Range(0, 12), i => Assert.Contains(Named.Tx($"stay{i}"), hashes));
        },
        iter: 60);

    private static void Change(Scenario story, int number, int kind) => _ = kind switch
    {
        0 => story.Arrives($"new{number}", $"n{number}", 0, fee: 100 + (ulong)number),
        1 when number < 12 => story.Block($"c{number}", $"go{number}"),
        2 => story.Seen($"seen{number}"),
        _ => story,
    };

    private static List<ListedTx> Pages(Func<int, TxList> listOf, TxSort sort, SortOrder order, int limit)
    {
        var rows = new List<ListedTx>();
        ListKey? after = null;
        for (int page = 0; page == 0 || after is not null; page++)
        {
            var found = Listed.Page(listOf(page), sort, order, after: after, limit: limit);
            Assert.InRange(found.Rows.Count, 0, limit);
            rows.AddRange(found.Rows);
            after = found.Next;
        }

        return rows;
    }
}
