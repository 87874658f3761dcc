using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Mempulse.Api.Status;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests.Status;

/// <summary>Every verdict of /health, made by the condition that causes it, as a supervisor sees it; and back to ok.</summary>
public sealed partial class HealthVerdictTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private static readonly string[] _ready = ["ok", "degraded", "ended"];

    public static TheoryData<string> Rows => [.. HealthRow.All.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_condition_has_its_verdict_and_passes_without_a_trace(string condition)
    {
        var row = HealthRow.All[condition];
        api.Begin(static api => (api.Chains, api.ChainsWithLanes) = ([new ChainId(1)], [new ChainId(1)]));

        foreach (var now in (HealthRow[])[HealthRow.Healthy, row, HealthRow.Healthy])
        {
            Set("1", now);
            var (code, health) = await api.GetAsync("/health");

            var chain = health.GetProperty("chains")[0];
            Assert.False(health.GetProperty("synthetic").GetBoolean());
            Assert.Equal((now.Status, now.Status), (health.GetProperty("status").GetString(), chain.GetProperty("status").GetString()));
            Assert.Equal(now.Problems, chain.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()));
            Assert.Equal(_ready.Contains(now.Status) ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, code);
            Assert.Equal((now.Log.State.ToString(), now.Fold.Phase.ToString(), now.Fold.Lag), (chain.GetProperty("log").GetString(), chain.GetProperty("fold").GetString(), chain.GetProperty("lagEvents").GetUInt64()));
        }
    }

    [Fact]
    public void Every_status_every_state_and_every_sentence_has_a_row()
    {
        var statuses = typeof(HealthVerdict).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
        string source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "HealthVerdict.txt"));
        var sentences = Sentence().Matches(source).Select(match => match.Groups["text"].Value).ToList();
        var problems = HealthRow.All.Values.SelectMany(row => row.Problems).ToList();

        Assert.Superset(statuses.ToHashSet(), HealthRow.All.Values.Select(row => row.Status).ToHashSet());
        Assert.Superset(Enum.GetValues<LogState>().ToHashSet(), HealthRow.All.Values.Select(row => row.Log.State).ToHashSet());
        Assert.Superset(Enum.GetValues<FoldPhase>().ToHashSet(), HealthRow.All.Values.Select(row => row.Fold.Phase).ToHashSet());
        Assert.InRange(sentences.Count, 10, 100);
        Assert.All(sentences, sentence => Assert.Contains(problems, problem => problem.Contains(sentence, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a failed log", "a fold that starts", "failed")]
    [InlineData("a fold that starts", "a full disk", "starting")]
    [InlineData("a full disk", "all is well", "degraded")]
    [InlineData("all is well", "a lane that has ended", "ok")]
    [InlineData("a lane that has ended", "a lane that has ended", "ended")]
    public async Task The_worst_chain_decides(string first, string second, string status)
    {
        foreach (var (one, other) in ((string, string)[])[(first, second), (second, first)])
        {
            api.Begin(static api => (api.Chains, api.ChainsWithLanes) = ([new ChainId(1), new ChainId(5)], [new ChainId(1), new ChainId(5)]));
            Set("1", HealthRow.All[one], "5", HealthRow.All[other]);

            var (_, health) = await api.GetAsync("/health");

            Assert.Equal(status, health.GetProperty("status").GetString());
            Assert.Equal(["1", "5"], health.GetProperty("chains").EnumerateArray().Select(chain => chain.GetProperty("chain").GetString()));
            Assert.Equal(HealthRow.All[one].Status, health.GetProperty("chains")[0].GetProperty("status").GetString());
        }
    }

    [Theory]
    [InlineData("all is well", "ready")]
    [InlineData("a source that was lost", "ready")]
    [InlineData("a lane that has ended", "ready")]
    [InlineData("a damaged log that is written", "ready")]
    [InlineData("a full disk", "log")]
    [InlineData("a log out of reach", "log")]
    [InlineData("a failed log", "log")]
    [InlineData("a fold that failed", "fold")]
    [InlineData("a fold that was stopped", "fold")]
    [InlineData("a fold that starts", "starting")]
    [InlineData("a fold that catches up", "starting")]
    [InlineData("no report of the lanes", "starting")]
    public async Task A_process_is_ready_while_every_chain_can_be_served_and_otherwise_says_why_in_one_word(string condition, string word)
    {
        api.Begin(static api => (api.Chains, api.ChainsWithLanes) = ([new ChainId(1), new ChainId(5)], [new ChainId(1), new ChainId(5)]));
        Set("1", HealthRow.Healthy, "5", HealthRow.All[condition]);

        using var ready = await api.RespondAsync("/health/ready");
        using var live = await api.RespondAsync("/health/live");

        Assert.Equal(word == "ready" ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal($"{word}\n", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((HttpStatusCode.OK, "alive\n"), (live.StatusCode, await live.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_process_that_reaches_no_grain_is_not_ready_and_does_not_say_what_it_cannot_reach()
    {
        api.Begin().Grains.Set<ISequencerGrain>(nameof(ISequencerGrain.GetStatus), (_, _) => throw new TimeoutException("Silo 10.0.0.1 is gone."));

        using var ready = await api.RespondAsync("/health/ready");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable\n"), (ready.StatusCode, await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Empty(api.Log.All);
    }

    [Fact]
    public async Task A_process_that_runs_no_lanes_waits_for_none()
    {
        api.Begin();
        Set("1", HealthRow.Healthy with { Ingest = [] });

        Assert.Equal("ok", (await api.GetAsync("/health")).Body.GetProperty("status").GetString());

        api.Begin(static api => (api.Chains, api.ChainsWithLanes) = ([new ChainId(1), new ChainId(5)], [new ChainId(5)])); // the lanes of another chain
        Set("1", HealthRow.Healthy with { Ingest = [] }, "5", HealthRow.Healthy);

        Assert.Equal("ok", (await api.GetAsync("/health")).Body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Sources_and_the_recovery_of_all_hosts_are_counted()
    {
        api.Begin(static api => api.IsSynthetic = true);
        Set("1", HealthRow.All["a source that two lanes of two hosts lost"] with { Ingest = [.. HealthRow.All["a source that was lost"].Ingest, HealthRow.Report() with { SenderRecovery = string.Empty }, .. HealthRow.Healthy.Ingest] });

        var (_, health) = await api.GetAsync("/health");

        var chain = health.GetProperty("chains")[0];
        Assert.True(health.GetProperty("synthetic").GetBoolean());
        Assert.Equal((2, 3), (chain.GetProperty("connectedSources").GetInt32(), chain.GetProperty("sources").GetInt32()));
        Assert.Equal(["libsecp256k1"], chain.GetProperty("senderRecovery").EnumerateArray().Select(name => name.GetString()));
    }

    private void Set(string chain, HealthRow row, string other = "", HealthRow? second = null)
    {
        HealthRow Of(string key) => key == chain ? row : key == other ? second! : throw new InvalidOperationException($"Chain {key} is not served.");
        api.Grains.Set<ISequencerGrain>(nameof(ISequencerGrain.GetStatus), (key, _) => Of(key).Log);
        api.Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetStatus), (key, _) => Of(key).Fold);
        api.Grains.Set<IIngestGrain>(nameof(IIngestGrain.Read), (key, _) => Of(key).Ingest);
    }

    /// <summary>The longest literal part of each text of the verdicts that reads as words.</summary>
    [GeneratedRegex("(?<=[\"}])(?<text>[^\"{}\\r\\n]* [^\"{}\\r\\n]* [^\"{}\\r\\n]*)(?=[\"{])", RegexOptions.ExplicitCapture)]
    private static partial Regex Sentence();
}
