using System.Text.Json.Nodes;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Storage.Cases;

namespace Mempulse.Cli.Tests.Cases;

/// <summary>The score of an opportunity of mainnet follows from the facts in its case file, and every change of them is named.</summary>
public sealed class CaseScoreTests(PlayedSwaps played) : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private string Target => _scratch["case.mpcase"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_score_that_a_whole_history_gives_follows_from_the_facts_of_the_file_alone()
    {
        var (id, payload) = (await OpportunitiesAsync()).MaxBy(static opp => long.Parse((string)opp.Payload["score"]!, System.Globalization.CultureInfo.InvariantCulture));

        var exported = await ExportAsync(id);
        var verified = await CliRun.InProcessAsync("case", "verify", Target, "--json");

        Assert.True(long.Parse((string)payload["risk"]!, System.Globalization.CultureInfo.InvariantCulture) > 1_000, "calls of its target failed before, which is a part of the risk");
        Assert.Equal((0, true, null), (verified.ExitCode, (bool)verified.Json["reproduced"]!, (string?)verified.Json["field"]));
        Assert.Equal([$"OppDetected {id}", $"OppInvalidated {id}"], ((JsonArray)verified.Json["events"]!).Select(static one => (string)one!));
        Assert.Empty((JsonArray)verified.Json["asLogged"]!);
        Assert.InRange((int)exported["bytes"]!, 1, 1 << 20);
        Assert.InRange(CaseFile.Read(Target).Records.Count, 1, 2_500); // of 5,425
    }

    [Fact]
    public async Task Every_part_of_an_opportunity_and_every_fact_that_it_follows_from_is_compared()
    {
        string id = (await OpportunitiesAsync())[0].Id;
        await ExportAsync(id);
        var content = CaseFile.Read(Target);
        var detected = content.First<LogEvent.OppDetected>();

        await AssertNamedAsync(content.With<LogEvent.OppDetected>(static opp => opp with { Urgency = opp.Urgency + 1 }), $"OppDetected {id} urgency");
        await AssertNamedAsync(content.With<LogEvent.OppDetected>(static opp => opp with { Worth = opp.Worth + 1 }), $"OppDetected {id} worth");
        await AssertNamedAsync(content.With<LogEvent.OppDetected>(static opp => opp with { Risk = opp.Risk - 1 }), $"OppDetected {id} risk");
        await AssertNamedAsync(content.With<LogEvent.OppDetected>(static opp => opp with { Score = opp.Score + 1 }), $"OppDetected {id} score");
        await AssertNamedAsync(content.With<LogEvent.OppDetected>(static opp => opp with { RankedBelow = 3 }), $"OppDetected {id} rankedBelow");
        await AssertNamedAsync(content.With<LogEvent.OppDetected>(static opp => opp with { Legs = [opp.Legs[0] with { AmountOut = UInt256.One }] }), $"OppDetected {id} legs[0].amountOut");
        await AssertNamedAsync(content.WithCause<LogEvent.OppDetected>(1), $"OppDetected {id} cause");
        await AssertNamedAsync(content.With<LogEvent.OppDetected>(static _ => null), $"OppDetected {id}");
        await AssertNamedAsync(content.With<LogEvent.OppInvalidated>(static _ => null), $"OppInvalidated {id}");
        await AssertNamedAsync(content.With<LogEvent.OppInvalidated>(static end => end with { Reason = OppEnd.TriggerExpired }), $"OppInvalidated {id} reason");
        await AssertNamedAsync(content.With<LogEvent.PoolObserved>(static _ => null), $"OppDetected {id}");
        await AssertNamedAsync(content.With<LogEvent.TxSeen>(seen => seen.Hash == detected.Trigger ? null : seen), $"OppDetected {id} urgency");
        await AssertNamedAsync(content.With<LogEvent.BlockObserved>(static block => block with { BaseFeePerGas = new Wei(1) }), $"OppDetected {id} urgency");
        await AssertNamedAsync(content.With<LogEvent.RulesLoaded>(static _ => null), $"OppDetected {id}");
    }

    [Fact]
    public async Task What_a_case_states_as_logged_is_not_called_reproduced()
    {
        string id = (await OpportunitiesAsync())[0].Id;
        await ExportAsync(id);
        var content = CaseFile.Read(Target).With<LogEvent.OppDetected>(static opp => opp with { Score = opp.Score + 1 });
        await WriteAsync(content with { AsLogged = [new CaseEvent(LogEvent.OppDetected.KindNumber, content.First<LogEvent.OppDetected>().Opp)] });

        var verified = await CliRun.InProcessAsync("case", "verify", Target, "--json");
        var text = await CliRun.InProcessAsync("case", "verify", Target);

        Assert.Equal([$"OppDetected {id}"], ((JsonArray)verified.Json["asLogged"]!).Select(static one => (string)one!));
        Assert.Equal([$"OppInvalidated {id}"], ((JsonArray)verified.Json["events"]!).Select(static one => (string)one!));
        Assert.Contains($"  OppDetected {id}, as it was logged: it does not follow from the facts of the case", text.Lines);
        Assert.Equal("Everything else is reproduced.", text.Lines[^1]);
    }

    private async Task<List<(string Id, JsonNode Payload)>> OpportunitiesAsync()
    {
        var dump = await CliRun.InProcessAsync("log", "dump", played.Directory, "--kind", "OppDetected", "--json");
        return [.. dump.Lines.Select(static line => JsonNode.Parse(line)!).Select(static opp => ((string)opp["opp"]!, opp["payload"]!))];
    }

    private async Task<JsonNode> ExportAsync(string id)
    {
        var exported = await CliRun.InProcessAsync("case", "export", id, "--data", played.Directory, "--out", Target, "--json");
        Assert.True(exported.ExitCode == 0, exported.Error);
        return exported.Json;
    }

    private Task WriteAsync(CaseContent content) => File.WriteAllBytesAsync(Target, CaseFile.Encode(content), TestContext.Current.CancellationToken);

    private async Task AssertNamedAsync(CaseContent content, string field)
    {
        await WriteAsync(content);

        var run = await CliRun.InProcessAsync("case", "verify", Target, "--json");

        Assert.Equal((1, false, field), (run.ExitCode, (bool)run.Json["reproduced"]!, (string)run.Json["field"]!));
    }
}
