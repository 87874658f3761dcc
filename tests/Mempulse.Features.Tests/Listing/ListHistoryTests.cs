using CsCheck;
using Mempulse.Features.Listing;
using Mempulse.Features.Tests.Stories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Listing;

/// <summary>What changed since a list turns that list into the newest one.</summary>
public sealed class ListHistoryTests
{
    private readonly PoolStory _story = new();
    private readonly ListHistory _history = new();

    public ListHistoryTests() => _story.Story.Block("b0");

    [Fact]
    public void Changes_are_what_came_what_changed_and_what_ended_and_how()
    {
        _story.Story.Arrives("stays", "s1", 0).Arrives("mined", "s2", 0).Arrives("outbid", "s3", 0);
        var since = Take();

        _story.Story.Block("b1", "mined").Arrives("bid", "s3", 0, fee: 200, tip: 50);
        Take();

        var changes = _history.Since(since);
        Assert.Equal(since, changes.Since);
        Assert.Contains(Named.Tx("bid"), Listed.Hashes(changes.Changed));
        Assert.Equal(
            new[] { new ListedEnd(Named.Tx("mined"), TxState.Included), new ListedEnd(Named.Tx("outbid"), TxState.Replaced) }.OrderBy(static end => end.Hash),
            changes.Ended);
    }

    [Fact]
    public void Nothing_changes_since_the_newest_list_and_all_since_one_that_is_not_known()
    {
        _story.Story.Arrives("a", "s1", 0).Arrives("b", "s2", 0);
        var since = Take();

        Assert.Equal((since, 0, 0), (_history.Since(since).Since, _history.Since(since).Changed.Count, _history.Since(since).Ended.Count));
        Assert.Equal((null, 2), (_history.Since(new GlobalSeq(since.Value - 1)).Since, _history.Since(GlobalSeq.None).Changed.Count));
        Assert.Null(_history.Since(GlobalSeq.None).Since);
    }

    [Fact]
    public void A_list_that_is_too_far_behind_is_forgotten()
    {
        var first = Take();
        for (int i = 0; i < ListHistory.MaxLists; i++)
        {
            _story.Story.Seen($"t{i}");
            Take();
        }

        Assert.NotNull(_history.Since(first).Since);
        _story.Story.Seen("last");
        Take();
        Assert.Null(_history.Since(first).Since);
    }

    [Fact]
    public void A_former_list_with_its_changes_is_the_newest_list() => Gen.Int[0, 4].Array[1, 40].Sample(
        steps =>
        {
            var (story, history) = (new PoolStory(), new ListHistory());
            story.Story.Block("b0");
            var lists = new List<TxList>();
            for (int i = 0; i < steps.Length; i++)
            {
                Step(story.Story, i, steps[i]);
                var list = Listed.Of(story.Story, history.Latest);
                history.Add(list, story.Story.Engine.Pool);
                lists.Add(list);
            }

            foreach (var former in lists)
            {
                var changes = history.Since(former.AsOf);
                var rows = former.Rows.ToDictionary(static row => row.Hash);
                changes.Ended.ToList().ForEach(end => rows.Remove(end.Hash));
                changes.Changed.ToList().ForEach(row => rows[row.Hash] = row);
                Assert.Equal(history.Latest.Rows.OrderBy(static row => row.Hash), rows.Values.OrderBy(static row => row.Hash));
            }
        },
        iter: 60);

    [Fact]
    public void A_plot_shows_all_up_to_its_bound_and_the_same_part_of_them_beyond()
    {
        Assert.Equal(0, Sample(PlotSample.MaxPoints).Shift);
        var (some, more) = (Sample(PlotSample.MaxPoints + 1), Sample(3 * PlotSample.MaxPoints));
        Assert.Equal((1, 2), (some.Shift, more.Shift));
        var hashes = Enumerable.Range(0, 3 * PlotSample.MaxPoints).Select(static i => Named.Tx($"t{i}")).ToList();
        Assert.InRange(hashes.Count(hash => more.Contains(hash)), 1, PlotSample.MaxPoints);
        Assert.All(hashes.Where(hash => more.Contains(hash)), hash => Assert.True(some.Contains(hash)));
    }

    private static PlotSample Sample(int count)
    {
        var story = new Scenario();
        for (int i = 0; i < count; i++)
        {
            story.Seen($"t{i}");
        }

        return Listed.Of(story).Sample;
    }

    private static void Step(Scenario story, int number, int kind) => _ = kind switch
    {
        0 => story.Arrives($"t{number}", $"s{number}", 0),
        1 => story.Seen($"t{number - 1}", "beta"),
        2 when number > 0 && story.Engine.Pool.StateOf(Named.Tx($"t{number - 1}")) == TxState.Pending => story.Block($"b{number}", $"t{number - 1}"),
        3 => story.Arrives($"q{number}", $"s{number}", 5),
        _ => story.Seen($"h{number}"),
    };

    private GlobalSeq Take()
    {
        var list = Listed.Of(_story.Story, _history.Latest);
        _history.Add(list, _story.Story.Engine.Pool);
        return list.AsOf;
    }
}
