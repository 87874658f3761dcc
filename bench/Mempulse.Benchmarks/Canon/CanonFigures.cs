using System.Diagnostics;
using System.Globalization;
using Mempulse.Canon.Appending;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Canon;

/// <summary>Durable appends of 300 B events compared with a raw write + fdatasync of the same bytes and with FasterLog, in turns; then a scan.</summary>
internal sealed class CanonFigures : IFigures
{
    private const int Rounds = 5;
    private const int RoundBytes = 8 << 20;
    private const int InFlight = 8;

    public string Area => "canon";

    public void Print(TextWriter output)
    {
        output.WriteLine("canon: durable append, events of 300 B, events/s; one core writes, one produces");
        output.WriteLine("| events per batch | raw write+fdatasync | log, 1 in flight | of raw | the same, continued on the writer's thread | of raw | log, 8 in flight | of raw | FasterLog | log 8 / FasterLog | B allocated per event |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (int size in (int[])[64, 128, 256])
        {
            PrintAppend(output, size);
        }
    }

    private static void PrintAppend(TextWriter output, int size)
    {
        string directory = Directory.CreateTempSubdirectory("mempulse-bench-").FullName;
        try
        {
            using var run = new AppendRun(directory, size, RoundBytes);
            var raw = new List<double>();
            var single = new List<double>();
            var inline = new List<double>();
            var several = new List<double>();
            var faster = new List<double>();
            for (int round = 0; round < Rounds; round++)
            {
                // In turns, because the speed of a shared disk changes within seconds.
                // The raw run is between the two of the log, so that it does not pay for what FasterLog's commit files leave to the journal.
                single.Add(run.Log(inFlight: 1, AcknowledgeOn.Pool));
                raw.Add(run.Raw());
                inline.Add(run.Log(inFlight: 1, AcknowledgeOn.Writer));
                several.Add(run.Log(InFlight, AcknowledgeOn.Pool));
                faster.Add(run.Faster());
            }

            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"| {size} | {Median(raw):N0} | {Median(single):N0} | {Ratio(single, raw):F2} | {Median(inline):N0} | {Ratio(inline, raw):F2} | {Median(several):N0} | {Ratio(several, raw):F2} | {Median(faster):N0} | {Ratio(several, faster):F1} | {run.AllocatedPerEvent:F2} |");
            output.WriteLine(line);
            PrintScan(output, run);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void PrintScan(TextWriter output, AppendRun run)
    {
        using var scan = run.Reader.Scan(new GlobalSeq(1));
        long started = Stopwatch.GetTimestamp();
        long events = 0;
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                events += record.LocalSeq > 0 ? 1 : 0;
            }
        }

        double rate = events / Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| scan with frame and record CRCs | {rate:N0} events/s over {events:N0} |"));
    }

    /// <summary>The median of the rounds' ratios, each of two consecutive measurements.</summary>
    private static double Ratio(List<double> numerators, List<double> denominators) =>
        Median([.. numerators.Zip(denominators, (numerator, denominator) => numerator / denominator)]);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
