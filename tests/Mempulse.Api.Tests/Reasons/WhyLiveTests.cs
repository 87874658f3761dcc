using System.Text.Json;
using Mempulse.Api.Tests.Transactions;
using Mempulse.Canon;
using Mempulse.Canon.Files;
using Mempulse.Features.Reasons;
using Mempulse.Folding;
using Mempulse.Folding.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Reasons;
using Mempulse.Storage.Rules;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Reasons;

/// <summary>GET /tx/{hash}/why of a running node.</summary>
public sealed class WhyLiveTests : IAsyncLifetime
{
    private static readonly string[] _names = ["announced", "gone", "mined", "outbidder", "reopened", "displaced", "rival", "silent", "unheard of"];

    private readonly StoryNode _node = new();

    public ValueTask InitializeAsync() => _node.InitializeAsync();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task The_answer_is_what_the_log_alone_gives_at_the_position_that_it_names()
    {
        var answers = new List<JsonElement>();
        foreach (string name in _names)
        {
            answers.Add(await _node.GetWhyAsync(name));
        }

        await _node.StopAsync();

        foreach (var (name, live) in _names.Zip(answers))
        {
            var offline = Offline(name, new GlobalSeq(live.GetProperty("asOfSeq").GetUInt64()));
            Assert.Equal(offline.Headline, live.GetProperty("headline").GetString());
            Assert.Equal((offline.State, offline.AsOfTime.ToRfc3339(), offline.IsTruncated), (live.GetProperty("state").GetString(), live.GetProperty("asOfTime").GetString(), live.GetProperty("truncated").GetBoolean()));
            Assert.Equal(offline.Reasons.Select(Text), live.GetProperty("reasons").EnumerateArray().Select(Text));
        }

        Assert.Equal(
            ["no_obstacle", "body_missing", "included", "nonce_used", "no_obstacle", "replaced", "body_missing", "included", "unknown_here"],
            answers.Select(static answer => answer.GetProperty("reasons")[0].GetProperty("verdict").GetString()));
    }

    private WhyAnswer Offline(string name, GlobalSeq at)
    {
        var reader = LogDirectory.OpenRead(_node.LogPath);
        var engine = FoldComposition.Default.Reading(RulesStore.Beside(_node.LogPath, PosixFileSystem.Instance)).Create(Scenario.Chain);
        using var scan = reader.Scan(GlobalSeq.None);
        while (engine.Applied < at && scan.MoveNext() && scan.Current is { } page)
        {
            foreach (var record in page)
            {
                if (record.Seq <= at)
                {
                    engine.Apply(record);
                }
            }
        }

        return TxWhy.Of(TxStanding.Of(engine, Named.Tx(name)), new LoggedRecords(reader, at));
    }

    private static string Text(Reason reason) =>
        $"{reason.Verdict} {StrengthName.Of(reason.Strength)} {reason.Sentence} [{string.Join(',', reason.Numbers.Select(static number => $"{number.Name} {number.Value} {number.Unit}"))}] [{string.Join(',', reason.Evidence)}] {reason.EvidenceCount} {reason.WouldDecide}";

    private static string Text(JsonElement reason) =>
        $"{reason.GetProperty("verdict")} {reason.GetProperty("strength")} {reason.GetProperty("sentence")} [{string.Join(',', reason.GetProperty("numbers").EnumerateArray().Select(static number => $"{number.GetProperty("name")} {number.GetProperty("value")} {number.GetProperty("unit")}"))}] [{string.Join(',', reason.GetProperty("evidence").EnumerateArray())}] {reason.GetProperty("evidenceCount")} {reason.GetProperty("wouldDecide")}";
}
