using System.Text.Json.Nodes;
using Mempulse.Cli.Tests.Opportunities;
using Mempulse.Cli.Tests.Simulations;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Sim.Witnesses;
using Mempulse.Storage.Cases;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Cli.Tests.Cases;

/// <summary><c>mempulse case</c>: what is exported is reproduced without the log, and every change of it is named.</summary>
public sealed class CaseTests(PlayedLog played) : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private string Target => _scratch["case.mpcase"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_transaction_of_mainnet_is_reproduced_from_its_file_alone()
    {
        string tx = await IncludedTxAsync();

        var exported = await CliRun.InProcessAsync("case", "export", tx, "--data", played.Directory, "--out", Target, "--json");
        var verified = await CliRun.InProcessAsync("case", "verify", Target, "--json");
        var text = await CliRun.InProcessAsync("case", "verify", Target);

        Assert.True(exported.ExitCode == 0, exported.Error);
        Assert.Equal(("transaction", tx, played.Watermark), ((string)exported.Json["subject"]!, (string)exported.Json["id"]!, (ulong)exported.Json["asOfSeq"]!));
        Assert.Equal([$"decode {tx}", $"life {tx}", $"why {tx}"], ((JsonArray)exported.Json["results"]!).Select(static name => (string)name!));
        Assert.InRange((int)exported.Json["bytes"]!, 1, 1 << 20);
        Assert.Equal((0, true, null), (verified.ExitCode, (bool)verified.Json["reproduced"]!, (string?)verified.Json["field"]));
        Assert.Equal((0, "Everything is reproduced."), (text.ExitCode, text.Lines[^1]));
    }

    [Fact]
    public async Task The_answer_in_a_case_is_that_of_the_log_at_its_position()
    {
        string tx = await IncludedTxAsync();
        ulong at = played.Watermark / 2;

        await CliRun.InProcessAsync("case", "export", tx, "--data", played.Directory, "--out", Target, "--at", $"{at}");
        var why = await CliRun.InProcessAsync("why", tx, "--data", played.Directory, "--at", $"{at}", "--json");

        var content = CaseFile.Read(Target);
        Assert.Equal(at, content.AsOf.Value);
        Assert.True(JsonNode.DeepEquals(why.Json, JsonNode.Parse(content.Results[^1].Text)));
    }

    [Fact]
    public async Task What_was_changed_in_a_case_is_named()
    {
        string tx = await IncludedTxAsync();
        await CliRun.InProcessAsync("case", "export", tx, "--data", played.Directory, "--out", Target);
        var content = CaseFile.Read(Target);
        var decoded = content.Records.First(static record => LogEvent.Decode(new RecordView(record.Seq, record.Bytes.Span)) is LogEvent.TxDecoded);
        var body = (LogEvent.TxDecoded)LogEvent.Decode(new RecordView(decoded.Seq, decoded.Bytes.Span))!;

        await AssertNamedAsync(content with { Records = [.. content.Records.Select(record => record == decoded ? Changed(record, body.Sender) : record)] }, $"record {decoded.Seq} sender");
        await AssertNamedAsync(content with { Records = [.. content.Records.Where(static record => new RecordView(record.Seq, record.Bytes.Span).Kind != LogEvent.TxIncluded.KindNumber)] }, $"life {tx} steps");
        await AssertNamedAsync(content with { Results = [content.Results[0] with { Text = "{}" }, .. content.Results.Skip(1)] }, content.Results[0].Name);
        await AssertNamedAsync(content with { Results = [.. content.Results.SkipLast(1)] }, $"result {content.Results.Count - 1}");
        await AssertNamedAsync(content with { Results = [.. content.Results.SkipLast(1), content.Results[^1] with { Text = content.Results[^1].Text.Replace("proof", "weak", StringComparison.Ordinal) }] }, $"why {tx} reasons[0].strength");
    }

    [Fact]
    public async Task Rules_that_were_changed_or_left_out_are_missed()
    {
        await CliRun.InProcessAsync("case", "export", await IncludedTxAsync(), "--data", played.Directory, "--out", Target);
        var content = CaseFile.Read(Target);
        File.Delete(Target);
        await File.WriteAllBytesAsync(Target, CaseFile.Encode(content with { Contents = [] }), TestContext.Current.CancellationToken);

        var run = await CliRun.InProcessAsync("case", "verify", Target);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is not in the case, or is damaged there.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulation_is_executed_again_and_a_changed_profit_is_named()
    {
        var bundle = new RecordedBundle();
        await RecordedBundle.WriteAsync(_scratch["log"], bundle.Fact, bundle.Witness);
        await RecordedBundle.WriteAsync(_scratch["wrong"], bundle.Fact with { GasUsed = new Gas(1) }, bundle.Witness);
        string sim = bundle.Fact.Sim.ToString();

        var exported = await CliRun.InProcessAsync("case", "export", sim, "--data", _scratch["log"], "--out", Target, "--private", "--json");
        var verified = await CliRun.InProcessAsync("case", "verify", Target);
        var wrong = await CliRun.InProcessAsync("case", "export", sim, "--data", _scratch["wrong"], "--out", _scratch["wrong.mpcase"], "--private", "--json");
        var found = await CliRun.InProcessAsync("case", "verify", _scratch["wrong.mpcase"], "--json");

        Assert.True(exported.ExitCode == 0, exported.Error);
        Assert.Equal(("simulation", $"simulation {sim}"), ((string)exported.Json["subject"]!, (string)exported.Json["results"]![0]!));
        Assert.Equal((0, 0), (verified.ExitCode, wrong.ExitCode));
        Assert.Equal((1, $"simulation {sim} gas used", "1"), (found.ExitCode, (string)found.Json["field"]!, (string)found.Json["stated"]!));
    }

    [Fact]
    public async Task A_case_has_the_code_that_a_witness_names_and_is_not_reproduced_without_it()
    {
        var bundle = new RecordedBundle(WitnessForm.NamesCodes);
        await RecordedBundle.WriteAsync(_scratch["log"], bundle.Fact, bundle.Witness, RecordedBundle.Code);
        string sim = bundle.Fact.Sim.ToString();

        var exported = await CliRun.InProcessAsync("case", "export", sim, "--data", _scratch["log"], "--out", Target, "--private", "--json");
        var verified = await CliRun.InProcessAsync("case", "verify", Target, "--json");
        var content = CaseFile.Read(Target);
        await File.WriteAllBytesAsync(Target, CaseFile.Encode(content with { Contents = [.. content.Contents.Where(static bytes => !bytes.Span.SequenceEqual(RecordedBundle.Code))] }), TestContext.Current.CancellationToken);
        var without = await CliRun.InProcessAsync("case", "verify", Target, "--json");

        Assert.Equal((0, $"simulation {sim}"), (exported.ExitCode, (string)exported.Json["results"]![0]!));
        Assert.True(verified.ExitCode == 0, verified.Output);
        Assert.Equal((1, $"{Keccak256.Hash(RecordedBundle.Code)}"), (without.ExitCode, (string)without.Json["stated"]!));
    }

    [Fact]
    public async Task A_simulation_whose_code_is_gone_is_in_a_case_as_it_was_logged()
    {
        var bundle = new RecordedBundle(WitnessForm.NamesCodes);
        await RecordedBundle.WriteAsync(_scratch["log"], bundle.Fact, bundle.Witness);

        var exported = await CliRun.InProcessAsync("case", "export", bundle.Fact.Sim.ToString(), "--data", _scratch["log"], "--out", Target, "--private", "--json");
        var verified = await CliRun.InProcessAsync("case", "verify", Target);

        Assert.Equal((0, 0), (exported.ExitCode, verified.ExitCode));
        Assert.Empty(exported.Json["results"]!.AsArray());
    }

    [Fact]
    public async Task What_cannot_be_exported_or_read_is_refused_with_a_sentence()
    {
        OppLog.Write(_scratch["log"], new Scenario().Block("base"));
        string unknown = Named.Tx("unheard of").ToString();
        await File.WriteAllTextAsync(_scratch["there"], "not a case", TestContext.Current.CancellationToken);

        await AssertRefusedAsync(2, "'0x12' is not a valid id: expected 0x and 64 hex digits.", "export", "0x12", "--data", _scratch["log"], "--out", Target);
        await AssertRefusedAsync(2, $"'{_scratch["there"]}' exists already.", "export", unknown, "--data", _scratch["log"], "--out", _scratch["there"]);
        await AssertRefusedAsync(2, $"There is no case from '{_scratch["log"]}'. The log has no transaction, opportunity, simulation or bundle {unknown} up to seq 2.", "export", unknown, "--data", _scratch["log"], "--out", Target);
        await AssertRefusedAsync(1, $"'{_scratch["there"]}' is not a sound case file: it does not begin as one.", "verify", _scratch["there"]);
        Assert.False(File.Exists(Target));
    }

    private static async Task AssertRefusedAsync(int exitCode, string sentence, params string[] arguments)
    {
        var run = await CliRun.InProcessAsync(["case", .. arguments]);

        Assert.Equal((exitCode, $"mempulse: {sentence}"), (run.ExitCode, run.Error.Trim()));
    }

    private async Task AssertNamedAsync(CaseContent content, string field)
    {
        await File.WriteAllBytesAsync(Target, CaseFile.Encode(content), TestContext.Current.CancellationToken);

        var run = await CliRun.InProcessAsync("case", "verify", Target, "--json");

        Assert.Equal((1, false), (run.ExitCode, (bool)run.Json["reproduced"]!));
        Assert.StartsWith(field, (string)run.Json["field"]!, StringComparison.Ordinal);
    }

    /// <summary>The record with another sender.</summary>
    private static CaseRecord Changed(CaseRecord record, Address sender)
    {
        byte[] bytes = record.Bytes.ToArray();
        byte[] was = new byte[Address.Size];
        Convert.FromHexString(sender.ToString().AsSpan(2), was, out _, out _);
        bytes[bytes.AsSpan().IndexOf(was)] ^= 1;
        return record with { Bytes = bytes };
    }

    private async Task<string> IncludedTxAsync()
    {
        var dump = await CliRun.InProcessAsync("log", "dump", played.Directory, "--kind", "TxIncluded", "--to", "4000", "--json");
        var bodies = await CliRun.InProcessAsync("log", "dump", played.Directory, "--kind", "TxDecoded", "--to", "1500", "--json");
        var included = dump.Lines.Select(static line => (string)JsonNode.Parse(line)!["tx"]!).ToHashSet(StringComparer.Ordinal);
        return bodies.Lines.Select(static line => JsonNode.Parse(line)!).First(body => included.Contains((string)body["tx"]!) && (int)body["payload"]!["inputLength"]! > 4 && body["payload"]!["recipient"] is not null)["tx"]!.ToString();
    }
}
