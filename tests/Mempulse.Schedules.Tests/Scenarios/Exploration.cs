using Mempulse.Scheduling;

namespace Mempulse.Schedules.Tests.Scenarios;

/// <summary>How the scenarios are explored.</summary>
internal static class Exploration
{
    /// <summary>Schedules of each scenario.</summary>
    public const int Schedules = 10_000;

    /// <summary>Starts an async part of a scenario on its own strand, as a thread-pool thread would run it.</summary>
    public static Task Run(string name, Func<Task> part)
    {
        var ended = new Promise<Task>();
        Schedule.Start(name, () => ended.TryComplete(part()));
        return ended.Task.Unwrap();
    }

    /// <summary>Explores a scenario under <see cref="Schedules"/> seeds.</summary>
    public static void Explore(Func<Task> scenario) => Explorer.Explore(Schedules, seed: 1, scenario);
}
