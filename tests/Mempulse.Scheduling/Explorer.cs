using System.Globalization;

namespace Mempulse.Scheduling;

/// <summary>Runs a scenario under many schedules and fails with the first one that breaks it, so that it can be repeated.</summary>
public static class Explorer
{
    /// <summary>The variable that names the seed of the only schedule to run.</summary>
    public const string OnlyVariable = "MEMPULSE_SCHEDULE";

    /// <summary>Explores a number of schedules.</summary>
    /// <param name="schedules">How many.</param>
    /// <param name="seed">The seed of the first; the others follow it.</param>
    /// <param name="scenario">The scenario, made anew by every call. It fails by an exception, a deadlock, or by never ending.</param>
    /// <exception cref="ScheduleFailedException">A schedule broke the scenario.</exception>
    public static void Explore(int schedules, ulong seed, Func<Task> scenario)
    {
        if (ulong.TryParse(Environment.GetEnvironmentVariable(OnlyVariable), NumberStyles.None, CultureInfo.InvariantCulture, out ulong only))
        {
            Try(only, scenario);
            return;
        }

        for (int number = 0; number < schedules; number++)
        {
            Try(seed + (ulong)number, scenario);
        }
    }

    /// <summary>The steps of one schedule, one a line.</summary>
    public static string Trace(ulong seed, Func<Task> scenario) => Schedule.Run(seed, scenario, isTraced: true).Print();

    private static void Try(ulong seed, Func<Task> scenario)
    {
        if (Schedule.Run(seed, scenario, isTraced: false).Failure is { } failure)
        {
            string steps = Trace(seed, scenario);
            throw new ScheduleFailedException(seed, $"""
                Schedule {seed} breaks the scenario. Repeat it with {OnlyVariable}={seed}.
                {failure}
                Its last steps (strand, number, what it does next):
                {steps}
                """);
        }
    }
}
