namespace Mempulse.Benchmarks.Ethereum;

/// <summary>Rates of alternatives that take turns in one run, so that a slow moment of the machine affects all of them.</summary>
/// <remarks>Per second of processor time, not wall time: on a shared machine, wall time includes the work of others.</remarks>
internal static class Rate
{
    private const int Rounds = 5;
    private const int CallsPerLook = 10;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(300);

    /// <summary>Units per second of each alternative, the best of five rounds; a call returns how many units it did.</summary>
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
            // Many units per clock reading, which costs a system call.
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
