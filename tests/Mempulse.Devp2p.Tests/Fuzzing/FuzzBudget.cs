using System.Globalization;
using CsCheck;

namespace Mempulse.Devp2p.Tests.Fuzzing;

/// <summary>How much the fuzz targets do: little in every run of the tests, more when asked for.</summary>
internal static class FuzzBudget
{
    /// <summary>Times as many inputs as the tests draw; CONTRIBUTING.md names it.</summary>
    private const string Variable = "MEMPULSE_FUZZ_TIMES";

    /// <summary>Draws inputs for one target. Its seed is printed when the target fails, and repeats it as the variable CsCheck_Seed.</summary>
    public static void Run<T>(Gen<T> inputs, int count, Action<T> target) => inputs.Sample(target, iter: count * Times, threads: 1);

    private static long Times => long.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out long times) && times > 0 ? times : 1;
}
