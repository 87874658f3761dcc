using System.Globalization;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests.Observations;

/// <summary>GET /gaps: the range that is asked for, and what is said where nothing is known.</summary>
public sealed class GapAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private const long Second = 1_000_000_000;
    private const long Hour = 3_600 * Second;
    private static readonly long _now = StubbedApi.Now.ToUnixTimeSeconds() * Second;

    /// <summary>The start of the range, against the time since when the record is complete; null when nothing is on record.</summary>
    [Theory]
    [InlineData(0L, 0L, false, true, false)]
    [InlineData(1L, 0L, false, true, false)]
    [InlineData(-1L, 0L, false, false, true)]
    [InlineData(0L, 0L, true, true, true)]
    [InlineData(-1L, 0L, true, false, true)]
    [InlineData(0L, null, false, false, true)]
    public async Task A_range_is_blind_where_a_gap_says_so_and_where_nothing_is_known(long from, long? completeSince, bool isBlind, bool complete, bool blind)
    {
        Begin(_now, new GapAnswer(new GlobalSeq(9), completeSince is { } known ? new UnixNanoseconds(_now + known) : default, isBlind, [], IsCut: false));

        var (_, answer) = await api.GetAsync($"/gaps?from={TextOf(_now + from)}&to={TextOf(_now + Second)}");

        Assert.Equal((complete, blind, 9UL), (answer.GetProperty("complete").GetBoolean(), answer.GetProperty("blind").GetBoolean(), answer.GetProperty("asOfSeq").GetUInt64()));
        Assert.Equal(TextOf(_now), answer.GetProperty("completeSince").GetString());
    }

    [Theory]
    [InlineData("", 0L, -Hour, 0L)]
    [InlineData("", -5 * Second, -Hour - (5 * Second), -5 * Second)]
    [InlineData("?to={0}", 0L, -Hour + Second, Second)]
    [InlineData("?from={0}", 0L, Second, Second)]
    [InlineData("?from={0}&to={0}", 0L, Second, Second)]
    public async Task The_range_is_an_hour_before_its_end_and_ends_at_the_latest_observation(string query, long latest, long from, long to)
    {
        Begin(_now + latest, new GapAnswer(default, new UnixNanoseconds(1), IsBlind: false, [], IsCut: true));

        var (_, answer) = await api.GetAsync("/gaps" + string.Format(CultureInfo.InvariantCulture, query, TextOf(_now + Second)));

        var asked = api.Grains.Calls.Single(call => call.Call == nameof(IMempoolGrain.GetGaps)).Arguments;
        Assert.Equal((new UnixNanoseconds(_now + from), new UnixNanoseconds(_now + to)), ((UnixNanoseconds)asked[0]!, (UnixNanoseconds)asked[1]!));
        Assert.Equal((TextOf(_now + from), TextOf(_now + to), true), (answer.GetProperty("from").GetString(), answer.GetProperty("to").GetString(), answer.GetProperty("cut").GetBoolean()));
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00.5Z", 500_000_000L)]
    [InlineData("2026-01-31T12:00:00.000000001Z", 1L)]
    [InlineData("2026-01-31T12:00:00.123456789Z", 123_456_789L)]
    [InlineData("2026-01-31T13:30:00%2B01:30", 0L)]
    [InlineData("2026-01-31T10:30:01-01:30", Second)]
    [InlineData("1769860801", Second)]
    public async Task A_time_is_read_to_the_nanosecond_with_its_offset(string from, long after)
    {
        Begin(_now, new GapAnswer(default, new UnixNanoseconds(1), IsBlind: false, [], IsCut: false));

        await api.GetAsync($"/gaps?from={from}&to={TextOf(_now + (2 * Second))}");

        Assert.Equal(new UnixNanoseconds(_now + after), api.Grains.Calls.Single(call => call.Call == nameof(IMempoolGrain.GetGaps)).Arguments[0]);
    }

    [Fact]
    public async Task Without_an_observation_the_range_ends_now()
    {
        Begin(0, new GapAnswer(default, default, IsBlind: false, [], IsCut: false));

        var (_, answer) = await api.GetAsync("/gaps");

        Assert.Equal((TextOf(_now - Hour), TextOf(_now)), (answer.GetProperty("from").GetString(), answer.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task A_gap_has_its_kind_name_times_count_and_reason()
    {
        SeenGap[] gaps = [new("Silent", "a", new UnixNanoseconds(_now), new UnixNanoseconds(_now + 1), 3, string.Empty), new("Disconnected", "b", new UnixNanoseconds(_now + 2), null, 0, "Closed")];
        Begin(_now, new GapAnswer(default, new UnixNanoseconds(1), IsBlind: false, gaps, IsCut: false));

        var listed = (await api.GetAsync("/gaps")).Body.GetProperty("gaps").EnumerateArray().ToList();

        Assert.Equal(("Silent", "a", TextOf(_now), TextOf(_now + 1), 3UL, string.Empty), Of(listed[0]));
        Assert.Equal(("Disconnected", "b", TextOf(_now + 2), null, 0UL, "Closed"), Of(listed[1]));
    }

    [Theory]
    [InlineData(5, "")]
    [InlineData(60, "?window=1h")]
    public async Task A_window_of_propagation_ends_at_the_latest_fact_and_without_one_now(int minutes, string query)
    {
        minutes = query.Length == 0 ? 10 : minutes;
        api.Begin();
        foreach (long to in (long[])[0, _now - Second])
        {
            api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetPropagation), Figures(to));

            var (_, answer) = await api.GetAsync("/propagation" + query);

            Assert.Equal(minutes, (int)api.Grains.Calls.Last().Arguments[0]!);
            Assert.Equal(to == 0 ? (TextOf(_now - (minutes * 60 * Second)), TextOf(_now)) : (TextOf(7), TextOf(to)), (answer.GetProperty("from").GetString(), answer.GetProperty("to").GetString()));
        }
    }

    private static Propagation Figures(long to)
    {
        var none = new Distribution(0, 0, 0, 0, [], []);
        return new Propagation { AsOf = default, From = new UnixNanoseconds(7), To = new UnixNanoseconds(to), Sightings = 0, Shown = 0, Included = 0, Unseen = 0, LetGo = 0, InclusionLatency = none, Heat = none, Sources = [], Lanes = [] };
    }

    private static (string?, string?, string?, string?, ulong, string?) Of(System.Text.Json.JsonElement gap) => (
        gap.GetProperty("kind").GetString(), gap.GetProperty("name").GetString(), gap.GetProperty("from").GetString(), gap.GetProperty("to").GetString(), gap.GetProperty("count").GetUInt64(), gap.GetProperty("reason").GetString());

    private static string TextOf(long time) => new UnixNanoseconds(time).ToRfc3339();

    private void Begin(long latest, GapAnswer answer)
    {
        api.Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetStatus), new PoolStatus { Phase = FoldPhase.Following, LastObservedAt = new UnixNanoseconds(latest) });
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetGaps), answer);
    }
}
