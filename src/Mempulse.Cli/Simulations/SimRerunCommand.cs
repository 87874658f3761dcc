using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Cli.Simulations;

/// <summary><c>mempulse sim rerun ID --log DIR</c>: executes a simulation again out of its witness, with no node, and holds the result against the log.</summary>
internal static class SimRerunCommand
{
    public static Command Build(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The simulation's id: 0x and 64 hex digits." };
        var directory = new Option<string>("--log") { Description = "The log's directory.", Required = true };
        var trace = new Option<string?>("--trace") { Description = "Write the trace to this file." };
        var command = new Command("rerun", "Execute a simulation again, with no node; exit code 1 if anything differs from what was logged.") { id, directory, trace };
        command.SetAction(parsed =>
        {
            string text = parsed.GetRequiredValue(id);
            if (!Hash256.TryParse(text, out var sim))
            {
                throw new UsageException($"A simulation's id is 0x and 64 hex digits; '{text}' is none.");
            }

            var recorded = RecordedSim.Read(parsed.GetRequiredValue(directory), sim);
            var run = new Simulator(SenderRecovery.CreateBest()).Rerun(recorded.Witness);
            var fact = SimFact.Of(recorded.Witness.Request, run.Result, Keccak256.Hash(WitnessCodec.Encode(run.Witness)));
            if (parsed.GetValue(trace) is { } path)
            {
                File.WriteAllBytes(path, run.Trace.ToArray());
            }

            var differences = Differences(recorded.Fact, fact).ToList();
            context.Write(parsed, output => WriteText(output, recorded, fact, differences), () => ToJson(recorded, fact, differences));
            return differences.Count == 0 ? ExitCode.Good : ExitCode.Damage;
        });
        return command;
    }

    /// <summary>Every part of the fact in which the two differ.</summary>
    private static IEnumerable<(string Field, string Logged, string Again)> Differences(LogEvent.SimCompleted logged, LogEvent.SimCompleted again)
    {
        (string Field, string Logged, string Again)[] parts =
        [
            ("id", logged.Sim.ToString(), again.Sim.ToString()),
            ("base", logged.Base.ToString(), again.Base.ToString()),
            ("outcome", logged.Category.ToString(), again.Category.ToString()),
            ("detail", logged.Detail, again.Detail),
            ("gas used", logged.GasUsed.ToString(), again.GasUsed.ToString()),
            ("account", logged.Account.ToString(), again.Account.ToString()),
            ("profit", logged.Profit.ToString(), again.Profit.ToString()),
            ("coinbase payment", logged.CoinbasePayment.ToString(), again.CoinbasePayment.ToString()),
            ("verified", logged.IsVerified.ToString(), again.IsVerified.ToString()),
            ("transactions", string.Join(' ', logged.Transactions), string.Join(' ', again.Transactions)),
            ("logs digest", logged.LogsDigest.ToString(), again.LogsDigest.ToString()),
            ("trace digest", logged.TraceDigest.ToString(), again.TraceDigest.ToString()),
            ("witness digest", logged.WitnessDigest.ToString(), again.WitnessDigest.ToString()),
            ("engine version", logged.EngineVersion.ToString(System.Globalization.CultureInfo.InvariantCulture), again.EngineVersion.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("rules version", logged.RulesVersion.ToString(System.Globalization.CultureInfo.InvariantCulture), again.RulesVersion.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        return parts.Where(part => part.Logged != part.Again);
    }

    private static void WriteText(
        TextWriter output, RecordedSim recorded, LogEvent.SimCompleted again, List<(string Field, string Logged, string Again)> differences)
    {
        output.WriteLine($"sim      {again.Sim}, logged at {recorded.Seq}");
        output.WriteLine($"base     {again.BaseNumber} {again.Base}, {(again.IsVerified ? "verified" : "unverified")}");
        output.WriteLine($"outcome  {again.Category}: {again.Detail}");
        output.WriteLine($"gas      {again.GasUsed}");
        output.WriteLine($"profit   {again.Profit} wei for {again.Account}");
        output.WriteLine($"coinbase {again.CoinbasePayment} wei");
        output.WriteLine($"trace    {again.TraceDigest}");
        output.WriteLine($"witness  {again.WitnessDigest}");
        foreach (var (field, logged, now) in differences)
        {
            output.WriteLine($"differs  {field}: logged {logged}, again {now}");
        }

        output.WriteLine(differences.Count == 0 ? "the same as logged" : $"{differences.Count} differences");
    }

    private static JsonObject ToJson(
        RecordedSim recorded, LogEvent.SimCompleted again, List<(string Field, string Logged, string Again)> differences) => new()
    {
        ["sim"] = again.Sim.ToString(),
        ["seq"] = recorded.Seq.Value,
        ["outcome"] = again.Category.ToString(),
        ["detail"] = again.Detail,
        ["gasUsed"] = again.GasUsed.Value,
        ["profit"] = again.Profit.ToString(),
        ["traceDigest"] = again.TraceDigest.ToString(),
        ["witnessDigest"] = again.WitnessDigest.ToString(),
        ["same"] = differences.Count == 0,
        ["differences"] = new JsonArray([.. differences.Select(part => new JsonObject
        {
            ["field"] = part.Field,
            ["logged"] = part.Logged,
            ["again"] = part.Again,
        })]),
    };
}
