using System.Net;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Tests.Events;

/// <summary>GET /events: what is asked of the log, and what becomes of its answer.</summary>
public sealed class EventAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    [Theory]
    [InlineData("/events", 0UL, 100, "")]
    [InlineData("/events?after=0&limit=1", 0UL, 1, "")]
    [InlineData("/events?after=18446744073709551614&limit=1000", 18446744073709551614UL, 1000, "")]
    [InlineData("/events?types=TxDecoded,TxSeen, TxSeen", 0UL, 100, "TxSeen,TxDecoded")]
    public async Task The_log_is_asked_for_exactly_that(string path, ulong after, int limit, string kinds)
    {
        api.Begin();
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.Scan), new RecordPage([], GlobalSeq.None, GlobalSeq.None));

        await api.GetAsync(path);

        var (key, _, arguments) = Assert.Single(api.Grains.Calls);
        var query = Assert.IsType<ScanQuery>(arguments[0]);
        Assert.Equal(("1", after, limit), (key, query.After.Value, query.Limit));
        Assert.Equal(kinds, string.Join(',', query.Kinds.Select(kind => EventCatalog.Core.NameOf((Mempulse.Primitives.Records.EventKind)kind))));
    }

    [Theory]
    [InlineData(4UL, 4UL, true)]
    [InlineData(4UL, 5UL, false)]
    [InlineData(5UL, 4UL, true)]
    public async Task A_page_is_at_the_end_once_next_has_reached_the_watermark(ulong next, ulong watermark, bool isAtEnd)
    {
        api.Begin(static api => (api.Chains, api.IsSynthetic) = ([new ChainId(7)], true));
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.Scan), new RecordPage([.. GoldenRecords.All.Take(4)], new GlobalSeq(next), new GlobalSeq(watermark)));

        var (status, page) = await api.GetAsync("/events");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("7", true, next, watermark, isAtEnd), (page.GetProperty("chain").GetString(), page.GetProperty("synthetic").GetBoolean(), page.GetProperty("next").GetUInt64(), page.GetProperty("watermark").GetUInt64(), page.GetProperty("atEnd").GetBoolean()));
        Assert.Equal([1UL, 2, 3, 4], page.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("seq").GetUInt64()));
    }

    [Theory]
    [InlineData(10UL, 10UL, true)]
    [InlineData(10UL, 9UL, true)]
    [InlineData(10UL, 11UL, false)]
    public async Task Damage_is_a_problem_only_where_nothing_before_it_can_be_answered(ulong after, ulong next, bool isProblem)
    {
        var damage = new DamagedPlace("/log/1.wal", 77, new GlobalSeq(12), new GlobalSeq(19), "It is damaged.");
        api.Begin();
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.Scan), new RecordPage([], new GlobalSeq(next), new GlobalSeq(30)) { Damage = damage });

        var (status, answer) = await api.GetAsync($"/events?after={after}");

        Assert.Equal(isProblem ? HttpStatusCode.InternalServerError : HttpStatusCode.OK, status);
        if (isProblem)
        {
            Assert.Equal(("It is damaged.", "/log/1.wal", 77L), (answer.GetProperty("detail").GetString(), answer.GetProperty("file").GetString(), answer.GetProperty("offset").GetInt64()));
            Assert.Equal((12UL, 19UL, 19UL), (answer.GetProperty("firstLost").GetUInt64(), answer.GetProperty("lastLost").GetUInt64(), answer.GetProperty("next").GetUInt64()));
        }
    }

    [Fact]
    public async Task One_event_is_in_the_text_of_its_page()
    {
        api.Begin();
        var records = GoldenRecords.All.Take(3).ToList();
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.Scan), (_, arguments) =>
        {
            ulong after = ((ScanQuery)arguments[0]!).After.Value;
            return new RecordPage([.. records.Where(record => record.Seq.Value > after).Take(((ScanQuery)arguments[0]!).Limit)], new GlobalSeq(Math.Min(after + 1, 3)), new GlobalSeq(3));
        });

        var (_, page) = await api.GetAsync("/events");
        var (status, item) = await api.GetAsync("/events/2");
        var (unknown, problem) = await api.GetAsync("/events/4");

        Assert.Equal((HttpStatusCode.OK, page.GetProperty("events")[1].GetRawText()), (status, item.GetRawText()));
        Assert.Equal((HttpStatusCode.NotFound, "The log of chain 1 has no event 4: it ends at 3."), (unknown, problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_a_problem_that_names_the_damage()
    {
        api.Begin();
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.Scan), new RecordPage([], new GlobalSeq(11), new GlobalSeq(30)) { Damage = new DamagedPlace("/log/1.wal", 77, new GlobalSeq(12), new GlobalSeq(19), "It is damaged.") });

        var (status, problem) = await api.GetAsync("/events/12");

        Assert.Equal((HttpStatusCode.InternalServerError, 19UL), (status, problem.GetProperty("next").GetUInt64()));
    }
}
