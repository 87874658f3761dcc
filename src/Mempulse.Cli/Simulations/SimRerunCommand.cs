using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Cases.Simulations;
using Mempulse.Cli.Decoding;
using Mempulse.Cli.Logs;
using Mempulse.Features.Flows;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Simulations;

/// <summary><c>mempulse sim rerun ID --log DIR</c>: executes a simulation again from its witness, without a node, and compares the result with the log.</summary>
internal static class SimRerunCommand
{
    public static Command Build(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The simulation's id: 0x and 64 hex digits." };
        var directory = new Option<string>("--log") { Description = "The log's directory.", Required = true };
        var trace = new Option<string?>("--trace") { Description = "Write the call traces to this file." };
        var steps = new Option<string?>("--steps") { Description = "Write every instruction to this file, as JSON lines (EIP-3155)." };
        var command = new Command("rerun", "Execute a simulation again, without a node; exit code 1 if the result differs from the log.") { id, directory, trace, steps };
        command.SetAction(parsed =>
        {
            string text = parsed.GetRequiredValue(id);
            if (!Hash256.TryParse(text, out var sim))
            {
                throw new UsageException($"'{text}' is not a valid simulation id: expected 0x and 64 hex digits.");
            }

            string? stepsPath = parsed.GetValue(steps);
            var rerun = SimRerun.Of(SimReading.Read(LogPlace.Find(parsed.GetRequiredValue(directory)), sim), wantsSteps: stepsPath is not null);
            Write(parsed.GetValue(trace), rerun.Trace);
            Write(stepsPath, rerun.Steps ?? default);
            context.Write(parsed, output => WriteText(output, rerun), () => ToJson(rerun));
            return rerun.Differences.Count == 0 ? ExitCode.Good : ExitCode.Damage;
        });
        return command;
    }

    private static void Write(string? path, ReadOnlyMemory<byte> content)
    {
        if (path is not null)
        {
            File.WriteAllBytes(path, content.ToArray());
        }
    }

    private static void WriteText(TextWriter output, SimRerun rerun)
    {
        var again = rerun.Again;
        output.WriteLine($"sim      {again.Sim}, logged at {rerun.Recorded.Seq}");
        output.WriteLine($"base     {again.BaseNumber} {again.Base}, {(again.IsVerified ? "verified" : "unverified")}");
        output.WriteLine($"outcome  {OutcomeName.Of(again.Category)}: {again.Detail}");
        output.WriteLine($"gas      {again.GasUsed}");
        output.WriteLine($"profit   {again.Profit} wei for {again.Account}");
        output.WriteLine($"coinbase {again.CoinbasePayment} wei");
        output.WriteLine($"trace    {again.TraceDigest}");
        output.WriteLine($"witness  {again.WitnessDigest}");
        foreach (var (hash, label) in rerun.Again.Transactions.Zip(Labels(rerun)))
        {
            output.WriteLine($"label    {hash} {Text(label)}");
        }

        foreach (var (field, logged, now) in rerun.Differences)
        {
            output.WriteLine($"differs  {field}: logged {logged}, again {now}");
        }

        if (rerun.OtherVersion is { } other)
        {
            output.WriteLine(other);
        }

        output.WriteLine(rerun.Differences.Count == 0 ? "the same as logged" : $"{rerun.Differences.Count} differences");
    }

    private static JsonObject ToJson(SimRerun rerun) => new()
    {
        ["sim"] = rerun.Again.Sim.ToString(),
        ["seq"] = rerun.Recorded.Seq.Value,
        ["outcome"] = OutcomeName.Of(rerun.Again.Category),
        ["detail"] = rerun.Again.Detail,
        ["gasUsed"] = rerun.Again.GasUsed.Value,
        ["profit"] = rerun.Again.Profit.ToString(),
        ["labels"] = new JsonArray([.. Labels(rerun).Select(static label => new JsonObject
        {
            ["label"] = Name(label.Label),
            ["source"] = Name(label.Source),
            ["byAbi"] = Name(label.ByAbi),
            ["byFlow"] = label.Flow is null ? null : Name(label.ByFlow),
            ["disagreement"] = label.IsDisagreement,
            ["nets"] = new JsonArray([.. (label.Flow?.Nets ?? []).Select(static net => new JsonObject { ["token"] = net.Token.ToString(), ["amount"] = net.Amount.ToString(CultureInfo.InvariantCulture) })]),
        })]),
        ["traceDigest"] = rerun.Again.TraceDigest.ToString(),
        ["witnessDigest"] = rerun.Again.WitnessDigest.ToString(),
        ["otherVersion"] = rerun.OtherVersion,
        ["same"] = rerun.Differences.Count == 0,
        ["differences"] = new JsonArray([.. rerun.Differences.Select(part => new JsonObject
        {
            ["field"] = part.Field,
            ["logged"] = part.Logged,
            ["again"] = part.Again,
        })]),
    };

    /// <summary>What each transaction is for, by the shipped registry and by what moved.</summary>
    private static IReadOnlyList<TransactionLabel> Labels(SimRerun rerun)
    {
        var block = rerun.Recorded.Witness.Request.Block;
        var chain = new ChainId(block.ChainId);
        var registry = RegistryOption.Read(null).Registry;
        return new TraceReader(chain, new BlockNumber(block.BaseNumber + 1), registry, registry.WrappedEther(chain)).Read(rerun.Trace);
    }

    private static string Text(TransactionLabel label) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name(label.Label)} by {Name(label.Source)}{(label.IsDisagreement ? $" (the call says {Name(label.ByAbi)})" : string.Empty)}{string.Concat((label.Flow?.Nets ?? []).Select(static net => $" {net.Amount} of {net.Token}"))}");

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
