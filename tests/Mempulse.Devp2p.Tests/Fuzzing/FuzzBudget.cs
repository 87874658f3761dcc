using System.Globalization;
using CsCheck;

namespace Mempulse.Devp2p.Tests.Fuzzing;

/// <summary>The number of inputs of each fuzz target: few in a normal test run, more on request.</summary>
internal static class FuzzBudget
{
    /// <summary>Multiplies the number of inputs; documented in CONTRIBUTING.md.</summary>
    private const string Variable = "MEMPULSE_FUZZ_TIMES";

    /// <summary>Runs one target on generated inputs. A failure prints the seed; set the variable CsCheck_Seed to it to repeat the failure.</summary>
    public static void Run<T>(Gen<T> inputs, int count, Action<T> target) => inputs.Sample(target, iter: count * Times, threads: 1);

    private static long Times => long.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out long times) && times > 0 ? times : 1;
}
