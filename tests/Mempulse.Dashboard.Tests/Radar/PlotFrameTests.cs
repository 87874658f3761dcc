using System.Text.Json;
using Mempulse.Dashboard.Screens.Radar;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Tests.Radar;

/// <summary>The plot: all points first, then the places that changed.</summary>
public sealed class PlotFrameTests
{
    private readonly PlotPlaces _places = new();
    private PlotFrame? _frame;

    [Fact]
    public void A_browser_without_a_frame_gets_all_points()
    {
        var frame = Frame(All((1, 5), (2, 6)));

        Assert.Equal("""{"number":1,"tips":[5,6],"fees":[50,60],"kinds":[3,3],"includable":0,"below":0,"tooLittle":0}""", Text(frame, 0));
    }

    [Fact]
    public void A_browser_with_the_frame_before_gets_the_places_that_changed()
    {
        Frame(All((1, 5), (2, 6), (3, 7)));

        var frame = Frame(Changes([(2, 9), (4, 8)], gone: 1));

        Assert.Equal("""{"number":2,"from":1,"places":[0,1],"tips":[8,9],"fees":[80,90],"kinds":[3,3],"includable":0,"below":0,"tooLittle":0}""", Text(frame, 1));
    }

    [Fact]
    public void A_browser_with_any_frame_has_the_same_points_after_an_update()
    {
        uint state = 7;
        int Next(int count) => (int)((state = unchecked((state * 1_664_525) + 1_013_904_223)) >> 8) % count;
        var waiting = new Dictionary<ulong, ulong>();
        var drawn = new List<(long Number, List<int[]> Points)> { (0, []) };
        for (int i = 0; i < 40; i++)
        {
            ulong id = (ulong)(1 + Next(11));
            bool isGone = waiting.Remove(id);
            waiting[id + 100] = (ulong)(1 + Next(8));
            var frame = Frame(i % 9 == 0 ? All([.. waiting.Select(static one => (one.Key, one.Value))]) : Changes([(id + 100, waiting[id + 100])], isGone ? id : 0));
            var browser = drawn[Next(drawn.Count)];

            var points = Applied(browser.Points, frame.Since(browser.Number));

            Assert.Equal(_places.ToArray().Select(static point => ((long)point.Tip, point.Kind)), points.Select(static point => ((long)point[0], point[1])));
            drawn.Add((frame.Number, points));
        }
    }

    [Fact]
    public void A_browser_that_has_the_frame_gets_nothing()
    {
        var frame = Frame(All((1, 5)));

        Assert.Empty(frame.Since(frame.Number));
    }

    [Fact]
    public void Places_of_transactions_that_left_are_given_to_the_next()
    {
        for (ulong id = 1; id < 500; id++)
        {
            Frame(Changes([(id, 5)], gone: id - 1));
        }

        Assert.InRange(_places.ToArray().Length, 1, 2);
    }

    [Fact]
    public void The_tip_of_inclusion_is_the_median_of_those_that_are_known()
    {
        Assert.Null(InclusionTip.MedianOf([null, null]));
        Assert.Equal(new Wei(3), InclusionTip.MedianOf([new Wei(9), null, new Wei(3), new Wei(1)]));
        Assert.Equal(new Wei(1), InclusionTip.MedianOf([new Wei(9), new Wei(1)]));
    }

    private static string Text(PlotFrame frame, long drawn) => System.Text.Encoding.UTF8.GetString(frame.Since(drawn));

    /// <summary>What the browser does with a frame.</summary>
    private static List<int[]> Applied(List<int[]> before, byte[] frame)
    {
        using var json = JsonDocument.Parse(frame);
        var (tips, kinds) = (Numbers(json, "tips"), Numbers(json, "kinds"));
        int[] places = json.RootElement.TryGetProperty("places", out _) ? Numbers(json, "places") : [.. Enumerable.Range(0, tips.Length)];
        var after = json.RootElement.TryGetProperty("from", out _) ? before.ToList() : [];
        for (int i = 0; i < places.Length; i++)
        {
            while (after.Count <= places[i])
            {
                after.Add([]);
            }

            after[places[i]] = [tips[i], kinds[i]];
        }

        return after;
    }

    private static int[] Numbers(JsonDocument json, string name) => [.. json.RootElement.GetProperty(name).EnumerateArray().Select(static number => number.GetInt32())];

    private static TxPlot All(params (ulong Id, ulong Tip)[] points) => Of(null, points, []);

    private static TxPlot Changes((ulong Id, ulong Tip)[] points, ulong gone) => Of(new GlobalSeq(1), points, gone == 0 ? [] : [gone]);

    private static TxPlot Of(GlobalSeq? since, (ulong Id, ulong Tip)[] points, ulong[] gone) => new()
    {
        Counts = new TxListCounts { AsOf = new GlobalSeq(1), Waiting = points.Length, ByState = [], ByFee = [], Head = null, BaseFee = null, NextBaseFee = null },
        Since = since,
        SampleShift = 0,
        Ids = [.. points.Select(static point => point.Id)],
        Tips = [.. points.Select(static point => point.Tip * 1_000_000)],
        MaxFees = [.. points.Select(static point => point.Tip * 10_000_000)],
        Categories = [.. points.Select(static _ => (byte)0)],
        States = [.. points.Select(static _ => (byte)0)],
        Types = [.. points.Select(static _ => (byte)0)],
        Triggers = [.. points.Select(static _ => (byte)0)],
        Gone = gone,
        CategoryNames = ["Unknown"],
    };

    private PlotFrame Frame(TxPlot plot)
    {
        var changed = _places.Take(plot);
        _frame = new PlotFrame(_frame, _places.ToArray(), changed) { Counts = plot.Counts, IsSample = false, InclusionTip = null, Includable = 0 };
        return _frame;
    }
}
