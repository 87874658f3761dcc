using System.Globalization;
using Mempulse.Benchmarks.Node;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Node.Options;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Benchmarks.Opportunities;

/// <summary>From a pending swap to its opportunity and to its simulation, both durable, in a whole node beside other traffic. The pools are real contracts on an anvil.</summary>
internal sealed class OppFigures : IFigures
{
    private const string Strategy = "backrun-arbitrage";

    /// <inheritdoc/>
    public string Area => "opps";

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

    private static Task PrintAsync(TextWriter output) => SwapRun.PlayAsync(
        static _ => Task.FromResult(new OperatorSettings()),
        SimulatedAsync,
        async (run, problem) =>
        {
            await WriteAsync(output, run.Node, run.Traffic, run.Applied, run.Clock);
            if (problem.Length > 0)
            {
                await output.WriteLineAsync($"  not simulated: {problem}");
            }
        });

    /// <summary>Waits until what was handed on is simulated.</summary>
    /// <returns>Why one is not, in the end; empty if all are.</returns>
    public static async Task<string> SimulatedAsync(NodeRun node)
    {
        for (int left = 300; ; left--)
        {
            var page = await node.Grains.Mempool(NodeRun.Chain).ListOpportunities(new OppQuery("open", Strategy, null, 1_000));
            if (page.Opportunities.FirstOrDefault(static opp => opp is { IsHandedOn: true, Simulation: null }) is null || left == 0)
            {
                return page.Opportunities.FirstOrDefault(static opp => opp is { IsHandedOn: true, Simulation: null })?.Problem ?? string.Empty;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task WriteAsync(TextWriter output, NodeRun node, SwapTraffic traffic, AppliedTimes applied, PlaybackStart clock)
    {
        var seen = new SortedDictionary<Hash256, UnixNanoseconds>();
        var triggers = new SortedDictionary<Hash256, Hash256>();
        var (detected, simulated) = (new List<double>(), new List<double>());
        int failed = 0;
        using var scan = node.Log.Reader.Scan(new GlobalSeq(1));
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                if (record.Kind == LogEvent.TxSeen.KindNumber)
                {
                    applied.Align(record.Timestamp, clock);
                    seen.TryAdd(record.TxKey, record.Timestamp);
                }
                else if (record.Kind == LogEvent.OppDetected.KindNumber && traffic.Measured.Contains(record.TxKey) && LogEvent.Decode(record) is LogEvent.OppDetected { Strategy: Strategy } opp && triggers.TryAdd(opp.Opp, opp.Trigger))
                {
                    detected.Add(applied.MillisecondsUntil(record.Seq, seen[opp.Trigger]));
                }
                else if (record.Kind == LogEvent.SimCompleted.KindNumber && record.TryGetKey(KeyKind.Opp, out var of) && triggers.TryGetValue(of.Value, out var trigger) && LogEvent.Decode(record) is LogEvent.SimCompleted completed)
                {
                    failed += completed.Category == FailureCategory.None ? 0 : 1;
                    simulated.Add(applied.MillisecondsUntil(record.Seq, seen[trigger]));
                }
            }
        }

        detected.Sort();
        simulated.Sort();
        await output.WriteLineAsync(Text($"opps: {traffic.Measured.Count} pending swaps beside others, {SwapTraffic.TxsPerSecond:N0} transactions/s, {Environment.ProcessorCount} cores; from the sighting until the record is durable and folded"));
        await output.WriteLineAsync(Text($"  OppDetected   {detected.Count,4}   p50 {At(detected, 0.5),7:F2}  p99 {At(detected, 0.99),7:F2}  most {At(detected, 1),7:F2} ms, goal 2 and 10"));
        await output.WriteLineAsync(Text($"  SimCompleted  {simulated.Count,4}   p50 {At(simulated, 0.5),7:F2}  p99 {At(simulated, 0.99),7:F2}  most {At(simulated, 1),7:F2} ms, goal 4; state warm, {failed} failed; a head hands on 64 at most"));
    }

    private static double At(List<double> ordered, double quantile) => ordered.Count == 0 ? double.NaN : ordered[(int)(quantile * (ordered.Count - 1))];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
