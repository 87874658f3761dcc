using Mempulse.Features.Listing;
using Mempulse.Features.Scoring;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Grains.Listing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;
using Mempulse.Testing.Scenarios;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Grains.Tests.Listing;

/// <summary>Many readers share one list for a moment; pages, plots and changes are those of that list.</summary>
public sealed class TxListsTests : IDisposable
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(200);
    private static readonly string[] s_names = ["a", "gap", "hash", "rich"];

    private readonly Scenario _story = new();
    private readonly FakeTimeProvider _time = new();
    private readonly TxLists _lists;

    public TxListsTests()
    {
        _lists = new TxLists(() => _story.Engine, RankProfile.Default, _time);
        _story.Block("b0").Arrives("a", "anna", 0);
    }

    [Fact]
    public async Task A_list_serves_its_readers_for_a_moment_and_then_the_next_one_does()
    {
        var first = (await _lists.LatestAsync()).Latest;
        Assert.Same(first, (await _lists.LatestAsync()).Latest);

        _story.Arrives("b", "bob", 0);
        _time.Advance(s_moment - TimeSpan.FromTicks(1));
        Assert.Same(first, (await _lists.LatestAsync()).Latest);

        _time.Advance(TimeSpan.FromTicks(1));
        var second = (await _lists.LatestAsync()).Latest;
        Assert.Equal((1, 2, _story.Engine.Applied), (first.Rows.Count, second.Rows.Count, second.AsOf));
    }

    [Fact]
    public async Task A_list_holds_for_as_long_as_nothing_is_applied()
    {
        var first = (await _lists.LatestAsync()).Latest;

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Same(first, (await _lists.LatestAsync()).Latest);
    }

    [Fact]
    public async Task Readers_that_ask_at_once_get_one_list()
    {
        var lists = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await _lists.LatestAsync()).Latest));

        Assert.Single(lists.Distinct());
    }

    [Fact]
    public async Task A_page_has_the_rows_that_a_query_asks_for_and_leads_to_the_next_one()
    {
        _story.Seen("hash").Arrives("gap", "anna", 3, fee: 5).Arrives("rich", "carl", 0, fee: 900);
        var list = (await _lists.LatestAsync()).Latest;

        var page = TxListAnswers.Page(list, new TxListQuery { Sort = TxSort.MaxFee, Limit = 2 });
        var rest = TxListAnswers.Page(list, new TxListQuery { Sort = TxSort.MaxFee, Limit = 2, After = page.Next });

        Assert.Equal(["rich", "a", "gap", "hash"], page.Rows.Concat(rest.Rows).Select(static row => s_names.First(name => Named.Tx(name) == row.Hash)));
        Assert.Equal((4, 4, 4, null), (page.Matching, rest.Matching, page.Counts.Waiting, rest.Next));
        Assert.Equal((TxState.Queued, new Wei(5), null), (rest.Rows[0].State, rest.Rows[0].Body!.MaxFeePerGas, rest.Rows[1].Body));
        Assert.Equal((1, 2, 1), (page.Counts.ByState[(int)TxState.Seen], page.Counts.ByState[(int)TxState.Pending], page.Counts.ByState[(int)TxState.Queued]));
    }

    [Theory]
    [InlineData("anna", 1)]
    [InlineData("unheard", 0)]
    public async Task A_query_is_handed_on_in_every_part(string sender, int expected)
    {
        var list = (await _lists.LatestAsync()).Latest;
        var query = new TxListQuery
        {
            States = [TxState.Pending], Fees = [FeeClass.Unknown], Sender = Named.Account(sender), Text = Named.Tx("a").ToString(), MinFee = new Wei(100), MaxFee = new Wei(100),
        };

        Assert.Equal(expected, TxListAnswers.Page(list, query).Matching);
        foreach (var other in (TxListQuery[])
        [
            query with { States = [TxState.Left] }, query with { Fees = [FeeClass.Below] }, query with { Categories = ["Swap"] }, query with { Flags = ["no_deadline"] }, query with { Protocol = "x" },
            query with { Source = "x" }, query with { Text = "router" }, query with { MinTip = new Wei(1) }, query with { MaxTip = new Wei(1) }, query with { MinFee = new Wei(101) }, query with { MaxFee = new Wei(99) },
            query with { Categories = ["Nothing"] }, query with { Flags = ["nothing"] },
        ])
        {
            Assert.Equal(0, TxListAnswers.Page(list, other).Matching);
        }
    }

    [Fact]
    public async Task A_plot_has_a_point_for_each_body_and_then_what_changed()
    {
        _story.Seen("hash").Decoded(new ScenarioTx("blob", "anna", 4) { Type = TxType.Blob, Fee = 70, Tip = 3, BlobFee = 1 });
        var all = TxPlotAnswers.Of(await _lists.LatestAsync(), GlobalSeq.None);

        var points = all.Ids.Zip(all.MaxFees, all.Tips).Zip(all.States, all.Types).ToDictionary(static one => one.First.First);
        Assert.Equal((null, 0, 2, 3), (all.Since, all.SampleShift, all.Ids.Count, all.Counts.Waiting));
        Assert.Equal((70UL, 3UL, (byte)TxState.Queued, (byte)TxType.Blob), (points[IdOf("blob")].First.Second, points[IdOf("blob")].First.Third, points[IdOf("blob")].Second, points[IdOf("blob")].Third));
        Assert.Equal((2, 2, 0), (all.Categories.Count, all.Triggers.Count, all.Gone.Count));
        Assert.Equal("Unknown", all.CategoryNames[all.Categories[0]]);

        _story.Block("b1", "a").Arrives("new", "carl", 0);
        _time.Advance(s_moment);
        var later = TxPlotAnswers.Of(await _lists.LatestAsync(), all.Counts.AsOf);
        Assert.Equal((all.Counts.AsOf, IdOf("new"), IdOf("a")), (later.Since!.Value, Assert.Single(later.Ids), Assert.Single(later.Gone)));
    }

    [Fact]
    public async Task Changes_have_rows_and_ends()
    {
        var since = (await _lists.LatestAsync()).Latest.AsOf;
        _story.Block("b1", "a").Arrives("new", "carl", 0);
        _time.Advance(s_moment);

        var changes = TxListAnswers.Changes((await _lists.LatestAsync()).Since(since));

        Assert.Equal((since, 0), (changes.Since!.Value, changes.LeftOut));
        Assert.Equal(Named.Tx("new"), Assert.Single(changes.Changed).Hash);
        Assert.Equal(new TxListEnd(Named.Tx("a"), TxState.Included), Assert.Single(changes.Ended));
    }

    public void Dispose() => _lists.Dispose();

    private static ulong IdOf(string tx) => PlotSample.IdOf(Named.Tx(tx));
}
