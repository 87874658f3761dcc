namespace Mempulse.Benchmarks.Ethereum;

/// <summary>Rates of alternatives that take turns in one run, so that a slow moment of the machine hits all of them.</summary>
/// <remarks>Per second of processor time, not of the clock: on a shared machine the clock also counts what others do.</remarks>
internal static class Rate
{
    private const int Rounds = 5;
    private const int CallsPerLook = 10;
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
        var start = Environment.CpuUsage.TotalTime;
        TimeSpan used;
        do
        {
            // Many units between two looks at the clock, which costs a system call.
            for (int i = 0; i < CallsPerLook; i++)
            {
                units += work();
            }

            used = Environment.CpuUsage.TotalTime - start;
        }
        while (used < Slice);

        return units / used.TotalSeconds;
    }
}
