using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mempulse.Benchmarks.Ethereum;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Cycles;
using Mempulse.Primitives;
using Mempulse.Testing.Pools;
using ZstdSharp;

namespace Mempulse.Benchmarks.Pools;

/// <summary>The time of the exact optimum of constant product cycles.</summary>
internal static class CycleFigures
{
    private const string Vectors = "tests/vectors/mev/v2-cycles.json.zst";
    private const int WarmRounds = 200;
    private const int Rounds = 20;
    private const int MadeCycles = 500;
    private const double GoalMicroseconds = 20;

    /// <summary>Measures and prints.</summary>
    public static void Print(TextWriter output)
    {
        Print(output, "two hops, real reserves", ReadReal());
        foreach (int hops in new[] { 2, 3 })
        {
            var random = new PoolRandom(5);
            Print(output, $"{hops} hops, made reserves", [.. Enumerable.Range(0, MadeCycles).Select(_ => RandomCycle.Of(random, hops))]);
        }
    }

    private static void Print(TextWriter output, string name, ProductLeg[][] cycles)
    {
        var times = new List<double>();
        int exact = 0;
        int gains = 0;
        for (int round = -WarmRounds; round < Rounds; round++)
        {
            foreach (var cycle in round < 0 ? cycles.Take(100) : cycles)
            {
                long begun = Stopwatch.GetTimestamp();
                var best = ProductCycle.Best(cycle);
                double time = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
                if (round >= 0 && !best.Profit.IsZero)
                {
                    times.Add(time);
                    gains++;
                    exact += best.Proof == OptimumProof.Exact ? 1 : 0;
                }
            }
        }

        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  optimum, {name,-24} {gains / Rounds,4} of {cycles.Length} gain, {exact / Rounds,4} proven   p50 {times[times.Count / 2],6:F2}  p95 {times[times.Count * 95 / 100],6:F2}  p99 {times[times.Count * 99 / 100],8:F2}  most {times[^1],8:F2} us, goal {GoalMicroseconds} for p50 of two hops"));
    }

    private static ProductLeg[][] ReadReal()
    {
        using var decompressor = new Decompressor();
        using var document = JsonDocument.Parse(decompressor.Unwrap(File.ReadAllBytes(RealTransactions.Find(Vectors))).ToArray());
        return [.. document.RootElement.GetProperty("realScale").EnumerateArray().Select(static cycle => cycle.GetProperty("hops").EnumerateArray().Select(ReadLeg).ToArray())];
    }

    private static ProductLeg ReadLeg(JsonElement hop) =>
        new(Number(hop, "reserveIn"), Number(hop, "reserveOut"), new ProductFee(hop.GetProperty("feeNum").GetUInt32(), hop.GetProperty("feeDen").GetUInt32()));

    private static UInt256 Number(JsonElement hop, string name) =>
        UInt256.TryParse(hop.GetProperty(name).GetString(), out var number) ? number : throw new InvalidDataException($"{name} of {hop} is not a number.");
}
