using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Witnesses;
using Mempulse.Storage.Contents;

namespace Mempulse.Cli.Tests.Simulations;

/// <summary><c>mempulse sim rerun</c>: the result is the same from the witness alone, and every difference is reported.</summary>
public sealed class SimRerunTests : IDisposable
{
    private static readonly RecordedBundle Bundle = new();
    private readonly ScratchDirectory _scratch = new();

    private string Log => _scratch["log"];

    private static string Id => Bundle.Fact.Sim.ToString();

    [Fact]
    public async Task The_logged_result_is_reproduced_and_its_traces_are_written()
    {
        await RecordedBundle.WriteAsync(Log, Bundle.Fact, Bundle.Witness);

        var run = await CliRun.InProcessAsync("sim", "rerun", Id, "--log", Log, "--trace", _scratch["trace.json"], "--steps", _scratch["steps.jsonl"]);
        var json = await CliRun.InProcessAsync("sim", "rerun", Id, "--log", Log, "--json");

        Assert.Equal((0, "the same as logged"), (run.ExitCode, run.Lines[^1]));
        Assert.Contains("outcome  Revert: Transaction 0 reverted.", run.Lines);
        Assert.Equal(Bundle.Fact.TraceDigest, Keccak256.Hash(await File.ReadAllBytesAsync(_scratch["trace.json"], TestContext.Current.CancellationToken)));
        Assert.Equal(Bundle.Steps.ToArray(), await File.ReadAllBytesAsync(_scratch["steps.jsonl"], TestContext.Current.CancellationToken));
        Assert.True((bool)json.Json["same"]!);
        Assert.Null(json.Json["otherVersion"]);
        Assert.Empty(json.Json["differences"]!.AsArray());
        Assert.Contains($"label    {Bundle.Fact.Transactions[0]} unknown by neither", run.Lines); // it reverted, so nothing moved
        Assert.Equal(("unknown", "neither", null), ((string)json.Json["labels"]![0]!["label"]!, (string)json.Json["labels"]![0]!["source"]!, (string?)json.Json["labels"]![0]!["byFlow"]));
    }

    [Fact]
    public async Task A_witness_that_names_its_code_gives_the_logged_result_with_the_code_in_the_store_and_without_it_a_reason()
    {
        var naming = new RecordedBundle(WitnessForm.NamesCodes);
        Assert.Equal(Bundle.Fact.Sim, naming.Fact.Sim);
        await RecordedBundle.WriteAsync(Log, naming.Fact, naming.Witness, RecordedBundle.Code);
        await RecordedBundle.WriteAsync(_scratch["without"], naming.Fact, naming.Witness);

        var run = await CliRun.InProcessAsync("sim", "rerun", Id, "--log", Log);
        var without = await CliRun.InProcessAsync("sim", "rerun", Id, "--log", _scratch["without"]);

        Assert.Equal((0, "the same as logged"), (run.ExitCode, run.Lines[^1]));
        Assert.Equal(2, without.ExitCode);
        Assert.Contains($"names code {Keccak256.Hash(RecordedBundle.Code)}, which is not there", without.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_can_be_written_even_if_none_were_logged()
    {
        await RecordedBundle.WriteAsync(Log, Bundle.Fact with { StepsDigest = null }, Bundle.Witness);

        var run = await CliRun.InProcessAsync("sim", "rerun", Id, "--log", Log, "--steps", _scratch["steps.jsonl"]);

        Assert.Equal((0, "the same as logged"), (run.ExitCode, run.Lines[^1]));
        Assert.Equal(Bundle.Steps.ToArray(), await File.ReadAllBytesAsync(_scratch["steps.jsonl"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_part_of_an_outcome_that_differs_is_reported()
    {
        foreach (var (field, changed) in Changes())
        {
            string directory = _scratch[field.Replace(' ', '-')];
            await RecordedBundle.WriteAsync(directory, changed, Bundle.Witness);

            var run = await CliRun.InProcessAsync("sim", "rerun", Id, "--log", directory);
            var json = await CliRun.InProcessAsync("sim", "rerun", Id, "--log", directory, "--json");

            Assert.Equal((1, "1 differences"), (run.ExitCode, run.Lines[^1]));
            Assert.Contains(run.Lines, line => line.StartsWith($"differs  {field}: logged ", StringComparison.Ordinal));
            Assert.Equal((1, field), (json.ExitCode, (string)json.Json["differences"]![0]!["field"]!));
        }
    }

    [Fact]
    public async Task Another_engine_is_reported_as_a_possible_cause_of_differences()
    {
        await RecordedBundle.WriteAsync(Log, Bundle.Fact with { EngineVersion = 77 }, Bundle.Witness);

        var run = await CliRun.InProcessAsync("sim", "rerun", Id, "--log", Log);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith("differs  engine version: logged 77", StringComparison.Ordinal));
        Assert.Contains("It was made by engine 77", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_rules_are_reported_as_well()
    {
        await RecordedBundle.WriteAsync(Log, Bundle.Fact with { RulesVersion = 77 }, Bundle.Witness);

        Assert.Contains("with rules 77;", (await CliRun.InProcessAsync("sim", "rerun", Id, "--log", Log)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_simulation_is_reported_with_the_log()
    {
        await RecordedBundle.WriteAsync(Log, Bundle.Fact, Bundle.Witness);
        string other = "0x" + new string('9', 64);

        var unknown = await CliRun.InProcessAsync("sim", "rerun", other, "--log", Log);
        var nonsense = await CliRun.InProcessAsync("sim", "rerun", "0x12", "--log", Log);
        var nowhere = await CliRun.InProcessAsync("sim", "rerun", other, "--log", _scratch["nowhere"]);

        Assert.Equal((2, 2, 2), (unknown.ExitCode, nonsense.ExitCode, nowhere.ExitCode));
        Assert.Contains($"no simulation {other}", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("'0x12' is not a valid simulation id", nonsense.Error, StringComparison.Ordinal);
        Assert.Contains(_scratch["nowhere"], nowhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_witness_is_reported()
    {
        await RecordedBundle.WriteAsync(Log, Bundle.Fact);

        var run = await CliRun.InProcessAsync("sim", "rerun", Id, "--log", Log);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"witness {Bundle.Fact.WitnessDigest}", run.Error, StringComparison.Ordinal);
        Assert.Contains("no longer in", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_witness_is_reported_with_its_file()
    {
        await RecordedBundle.WriteAsync(Log, Bundle.Fact, Bundle.Witness);
        string file = Assert.Single(Directory.GetFiles(ContentDirectory.Beside(Log)));
        byte[] bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        var run = await CliRun.InProcessAsync("sim", "rerun", Id, "--log", Log);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_intact_content_that_is_not_a_witness_is_distinguished_from_a_damaged_one()
    {
        byte[] content = [0x98, 0x07, .. Bundle.Witness[2..]]; // of version 7
        await RecordedBundle.WriteAsync(Log, Bundle.Fact with { WitnessDigest = Keccak256.Hash(content) }, content);

        var run = await CliRun.InProcessAsync("sim", "rerun", Id, "--log", Log);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("version 7", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Dispose();

    private static IEnumerable<(string Field, LogEvent.SimCompleted Fact)> Changes()
    {
        var fact = Bundle.Fact;
        var other = Keccak256.Hash("other"u8);
        yield return ("base", fact with { Base = other });
        yield return ("opportunity", fact with { Opportunity = other });
        yield return ("base number", fact with { BaseNumber = new BlockNumber(7) });
        yield return ("outcome", fact with { Category = FailureCategory.Halt });
        yield return ("failed index", fact with { FailedIndex = null });
        yield return ("detail", fact with { Detail = "It went well." });
        yield return ("gas used", fact with { GasUsed = new Gas(1) });
        yield return ("account", fact with { Account = default });
        yield return ("profit", fact with { Profit = WeiDelta.Gain(new Wei(1)) });
        yield return ("coinbase payment", fact with { CoinbasePayment = default });
        yield return ("verified", fact with { IsVerified = false });
        yield return ("transactions", fact with { Transactions = [] });
        yield return ("logs digest", fact with { LogsDigest = other });
        yield return ("trace digest", fact with { TraceDigest = other });
        yield return ("steps digest", fact with { StepsDigest = other });
        yield return ("rules version", fact with { RulesVersion = 77 });
    }
}
