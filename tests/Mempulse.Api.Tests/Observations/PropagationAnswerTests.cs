using System.Globalization;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests.Observations;

/// <summary>GET /propagation: every figure of the fold has its own place, and a share is of all transactions that were announced.</summary>
public sealed class PropagationAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private static readonly UnixNanoseconds _time = new(1_769_860_800_000_000_000);

    [Fact]
    public async Task Every_figure_is_shown_in_its_place()
    {
        api.Begin(static api => api.IsSynthetic = true);
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetPropagation), Figures(announced: 3) with
        {
            Sources = [Share("alpha", 100), Share(string.Empty, 200)],
            Lanes = [Share("p2p", 300)],
        });

        var (_, answer) = await api.GetAsync("/propagation");

        JsonText.AssertIs(answer, $$"""
            {"chain":"1","synthetic":true,"asOfSeq":9,"from":"{{_time.ToRfc3339()}}","to":"{{_time.ToRfc3339()}}","sightings":11,"newTransactions":3,"included":13,"unseen":14,"evicted":15,
             "inclusionLatencyMicros":{{Spread(20)}},"heat":{{Spread(30)}},
             "sources":[{{ShareText("alpha", 100)}},{{ShareText(SourceId.Of("x").ToString(), 200)}}],
             "lanes":[{{ShareText("p2p", 300)}}]}
            """);
    }

    [Theory]
    [InlineData(0UL, "0")]
    [InlineData(2UL, "50")]
    [InlineData(3UL, "33.33")]
    public async Task A_share_is_of_all_announced_transactions_and_of_none_is_zero(ulong announced, string percent)
    {
        api.Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetPropagation), Figures(announced) with { Sources = [Share("alpha", 100) with { Firsts = 1 }] });

        var (_, answer) = await api.GetAsync("/propagation");

        Assert.Equal(decimal.Parse(percent, CultureInfo.InvariantCulture), answer.GetProperty("sources")[0].GetProperty("firstSharePercent").GetDecimal());
    }

    [Theory]
    [InlineData("1s", 1)]
    [InlineData("60s", 1)]
    [InlineData("61s", 2)]
    [InlineData("2", 2)]
    [InlineData("3m", 3)]
    [InlineData("1h", 60)]
    public async Task A_window_is_rounded_up_to_whole_minutes(string window, int minutes)
    {
        api.Begin();
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetPropagation), Figures(announced: 0));

        await api.GetAsync($"/propagation?window={window}");

        Assert.Equal(minutes, api.Grains.Calls.Single().Arguments[0]);
    }

    private static Propagation Figures(ulong announced) => new()
    {
        AsOf = new GlobalSeq(9),
        From = _time,
        To = _time,
        Sightings = 11,
        Shown = announced,
        Included = 13,
        Unseen = 14,
        LetGo = 15,
        InclusionLatency = Of(20),
        Heat = Of(30),
        Sources = [],
        Lanes = [],
    };

    private static ObserverShare Share(string name, ulong from) => new()
    {
        Source = SourceId.Of("x"),
        Name = name,
        Lane = "lane",
        Sightings = from + 1,
        Shown = from + 2,
        Firsts = from + 3,
        Late = from + 4,
        Covered = from + 5,
        Coverable = from + 6,
        Lead = Of(from + 10),
        Delay = Of(from + 20),
        Ahead = Of(from + 30),
    };

    private static string ShareText(string name, ulong from) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"name":"{{name}}","lane":"lane","sightings":{{from + 1}},"reported":{{from + 2}},"firsts":{{from + 3}},"firstSharePercent":{{decimal.Round(100m * (from + 3) / 3, 2)}},"late":{{from + 4}},"covered":{{from + 5}},"coverable":{{from + 6}},
         "leadMicros":{{Spread(from + 10)}},"delayMicros":{{Spread(from + 20)}},"aheadMicros":{{Spread(from + 30)}}}
        """);

    private static Distribution Of(ulong from) => new(from, from + 1, from + 2, from + 3, [from + 4, from + 5], [from + 6, from + 7]);

    private static string Spread(ulong from) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"count":{{from}},"p50":{{from + 1}},"p90":{{from + 2}},"p99":{{from + 3}},"buckets":[{"below":{{from + 4}},"count":{{from + 6}}},{"below":{{from + 5}},"count":{{from + 7}}}]}
        """);
}
