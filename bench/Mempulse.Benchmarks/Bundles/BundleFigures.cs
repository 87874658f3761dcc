using System.Globalization;
using Mempulse.Benchmarks.Opportunities;
using Mempulse.Builder.Execution;
using Mempulse.Builder.Operators;
using Mempulse.Node.Options;

namespace Mempulse.Benchmarks.Bundles;

/// <summary>From a pending swap to a signed bundle on record, in a whole node beside other traffic, in a dry run. The pools and the executor are real contracts on an anvil.</summary>
internal sealed class BundleFigures : IFigures
{
    private const int Operator = 2;
    private const ulong MilliEther = 20_000;
    private static readonly string s_key = string.Concat(Enumerable.Repeat("43", 32)); // that of the operator among the chain's signers

    /// <inheritdoc/>
    public string Area => "bundles";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        var shown = Console.Out;
        Console.SetOut(TextWriter.Null); // the node's output for its user
        try
        {
            PrintAsync(output).GetAwaiter().GetResult();
        }
        finally
        {
            Console.SetOut(shown);
        }
    }

    private static async Task PrintAsync(TextWriter output)
    {
        Environment.SetEnvironmentVariable(OperatorKey.KeyVariable, s_key);
        using var spans = new SpanTimes();
        await SwapRun.PlayAsync(
            static async chain =>
            {
                var executor = await chain.DeployTraderAsync(Operator, ExecutorArtifact.CreationOf(chain.Weth), MilliEther, default);
                return new OperatorSettings { Executor = executor.ToString() };
            },
            static async node => await OppFigures.SimulatedAsync(node) is { Length: > 0 } problem ? problem : (await node.StatusAsync()).Bundles.Problem,
            (run, problem) => WriteAsync(output, run, problem, spans));
    }

    private static async Task WriteAsync(TextWriter output, SwapRun run, string problem, SpanTimes spans)
    {
        var made = BundleTimes.Of(run);
        await output.WriteLineAsync(Text($"bundles: {run.Traffic.Measured.Count} pending swaps beside others, {SwapTraffic.TxsPerSecond:N0} transactions/s, dry run, state warm, {Environment.ProcessorCount} cores; each row from the sighting until the record is durable and folded"));
        await StageAsync(output, "TxDecoded", made, static times => times.Decoded, static times => times.Decoded, string.Empty);
        await StageAsync(output, "OppDetected", made, static times => times.Detected, static times => times.Detected - times.Decoded, string.Empty);
        await StageAsync(output, "SimCompleted of the opportunity", made, static times => times.Simulated, static times => times.Simulated - times.Detected, string.Empty);
        await StageAsync(output, "SimCompleted of the signed bundle", made, static times => times.Tried, static times => times.Tried - times.Simulated, string.Empty);
        await StageAsync(output, "BundleBuilt", made, static times => times.Built, static times => times.Built - times.Tried, ", goal 5 and 20");
        await output.WriteLineAsync(Text($"  {made.Count} swaps have a bundle: of the others a better swap came first, or none gained"));
        foreach (var (name, times) in spans.Sorted())
        {
            await output.WriteLineAsync(Text($"  span {name,-14} {times.Count,6}   p50 {At(times, 0.5),7:F3}  p99 {At(times, 0.99),7:F3} ms"));
        }

        if (problem.Length > 0)
        {
            await output.WriteLineAsync($"  the last look failed: {problem}");
        }
    }

    private static Task StageAsync(TextWriter output, string what, IReadOnlyList<BundleTimes> made, Func<BundleTimes, double> since, Func<BundleTimes, double> part, string goal)
    {
        var (all, parts) = (made.Select(since).Order().ToList(), made.Select(part).Order().ToList());
        return output.WriteLineAsync(Text($"  {what,-34} p50 {At(all, 0.5),7:F2}  p99 {At(all, 0.99),7:F2}  most {At(all, 1),7:F2} ms{goal}; since the row before p50 {At(parts, 0.5):F2}  p99 {At(parts, 0.99):F2}"));
    }

    private static double At(IReadOnlyList<double> ordered, double quantile) => ordered.Count == 0 ? double.NaN : ordered[(int)(quantile * (ordered.Count - 1))];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
