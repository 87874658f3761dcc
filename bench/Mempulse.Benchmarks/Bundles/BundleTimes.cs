using Mempulse.Benchmarks.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Benchmarks.Bundles;

/// <summary>When the steps from a pending swap to the first bundle that has it were durable and folded, in milliseconds since the swap was seen.</summary>
/// <param name="Decoded">Its body.</param>
/// <param name="Detected">Its opportunity.</param>
/// <param name="Simulated">The simulation of that opportunity.</param>
/// <param name="Tried">The simulation of the bundle, which is signed before.</param>
/// <param name="Built">The bundle.</param>
internal sealed record BundleTimes(double Decoded, double Detected, double Simulated, double Tried, double Built)
{
    /// <summary>The times of every measured swap that a bundle has.</summary>
    public static IReadOnlyList<BundleTimes> Of(SwapRun run)
    {
        var seen = new SortedDictionary<Hash256, UnixNanoseconds>();
        var decoded = new SortedDictionary<Hash256, GlobalSeq>();
        var detected = new SortedDictionary<Hash256, (Hash256 Trigger, GlobalSeq At)>();
        var simulated = new SortedDictionary<Hash256, GlobalSeq>(); // by opportunity
        var tried = new SortedDictionary<Hash256, GlobalSeq>(); // by simulation
        var made = new SortedDictionary<Hash256, BundleTimes>();
        using var scan = run.Node.Log.Reader.Scan(new GlobalSeq(1));
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                if (record.Kind == LogEvent.TxSeen.KindNumber)
                {
                    run.Applied.Align(record.Timestamp, run.Clock);
                    seen.TryAdd(record.TxKey, record.Timestamp);
                }
                else if (record.Kind == LogEvent.TxDecoded.KindNumber)
                {
                    decoded.TryAdd(record.TxKey, record.Seq);
                }
                else if (record.Kind == LogEvent.OppDetected.KindNumber && run.Traffic.Measured.Contains(record.TxKey) && LogEvent.Decode(record) is LogEvent.OppDetected opp)
                {
                    detected.TryAdd(opp.Opp, (opp.Trigger, record.Seq));
                }
                else if (record.Kind == LogEvent.SimCompleted.KindNumber)
                {
                    if (record.TryGetKey(KeyKind.Opp, out var of))
                    {
                        simulated.TryAdd(of.Value, record.Seq);
                    }

                    tried.TryAdd(record.SimKey, record.Seq);
                }
                else if (record.Kind == LogEvent.BundleBuilt.KindNumber && LogEvent.Decode(record) is LogEvent.BundleBuilt built)
                {
                    foreach (var one in built.Opportunities.Where(detected.ContainsKey))
                    {
                        var (trigger, at) = detected[one];
                        double Until(GlobalSeq seq) => run.Applied.MillisecondsUntil(seq, seen[trigger]);
                        made.TryAdd(trigger, new BundleTimes(Until(decoded[trigger]), Until(at), Until(simulated[one]), Until(tried[built.Sim]), Until(record.Seq)));
                    }
                }
            }
        }

        return [.. made.Values];
    }
}
