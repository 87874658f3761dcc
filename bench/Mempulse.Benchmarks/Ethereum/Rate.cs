using System.Diagnostics;

namespace Mempulse.Benchmarks.Ethereum;

/// <summary>Rates of alternatives that take turns in one run, so that a slow moment of the machine hits all of them.</summary>
internal static class Rate
{
    private const int Rounds = 5;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(300);

    /// <summary>Units per second of each alternative, its best round of five; a call answers how many units it did.</summary>
    public static double[] Of(params Func<long>[] alternatives)
    {
        var best = new double[alternatives.Length];
        for (int round = 0; round <= Rounds; round++)
        {
            for (int i = 0; i < alternatives.Length; i++)
            {
                double rate = Measure(alternatives[i]);
                best[i] = round == 0 ? 0 : Math.Max(best[i], rate); // the first round warms up
            }
        }

        return best;
    }

    private static double Measure(Func<long> work)
    {
        long units = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Slice)
        {
            units += work();
        }

        return units / watch.Elapsed.TotalSeconds;
    }
}
