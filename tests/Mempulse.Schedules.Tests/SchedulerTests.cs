using Mempulse.Scheduling;
using Mempulse.Schedules.Tests.Scenarios;

namespace Mempulse.Schedules.Tests;

/// <summary>The exploration finds planted faults of every kind that the subjects are tested for, and repeats what it found.</summary>
public sealed class SchedulerTests
{
    [Fact]
    public void Canary_a_lost_update_is_found() => Found("Assert", async () =>
    {
        Lock gate = new();
        int count = 0;
        Task Add(string name) => Exploration.Run(name, () =>
        {
            int read;
            lock (gate)
            {
                read = count;
            }

            lock (gate)
            {
                count = read + 1;
            }

            return Task.CompletedTask;
        });

        await Task.WhenAll(Add("a"), Add("b"));

        Assert.Equal(2, count);
    });

    [Fact]
    public void Canary_a_lost_wake_up_is_found() => Found("Deadlock", () =>
    {
        object gate = new();
        bool isReady = false;
        var waiter = Schedule.Start("waiter", () =>
        {
            bool mustWait;
            lock (gate)
            {
                mustWait = !isReady;
            }

            lock (gate)
            {
                if (mustWait)
                {
                    Monitor.Wait(gate); // the check and the wait are not under one lock
                }
            }
        });
        lock (gate)
        {
            isReady = true;
            Monitor.Pulse(gate);
        }

        waiter.Join();
        return Task.CompletedTask;
    });

    [Fact]
    public void Canary_two_locks_in_opposite_order_are_found() => Found("Deadlock", async () =>
    {
        object first = new(), second = new();
        Task Take(string name, object outer, object inner) => Exploration.Run(name, () =>
        {
            lock (outer)
            {
                lock (inner)
                {
                    return Task.CompletedTask;
                }
            }
        });

        await Task.WhenAll(Take("a", first, second), Take("b", second, first));
    });

    [Fact]
    public void Canary_a_task_that_is_never_completed_is_found() => Found("Deadlock", async () =>
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isSet = false;
        var waiter = Exploration.Run("waiter", async () =>
        {
            if (!isSet)
            {
                await Task.Yield();
                isSet = true;
                await source.Task;
            }
        });
        Schedule.Point("look");
        if (isSet)
        {
            source.SetResult();
        }

        await waiter;
    });

    [Fact]
    public void Canary_a_changed_order_is_found() => Found("Assert", async () =>
    {
        var order = new List<int>();
        await Task.WhenAll(
            Exploration.Run("first", async () =>
            {
                await Task.Yield();
                order.Add(1);
            }),
            Exploration.Run("second", () =>
            {
                order.Add(2);
                return Task.CompletedTask;
            }));

        Assert.Equal([1, 2], order);
    });

    [Fact]
    public void A_seed_repeats_its_schedule()
    {
        var once = Enumerable.Range(1, 20).Select(seed => Explorer.Trace((ulong)seed, Scenario)).ToList();
        var again = Enumerable.Range(1, 20).Select(seed => Explorer.Trace((ulong)seed, Scenario)).ToList();

        Assert.Equal(once, again);
        Assert.True(once.Distinct().Count() > 10);

        static Task Scenario() => Task.WhenAll(Part("a"), Part("b"), Part("c"));
        static Task Part(string name) => Exploration.Run(name, async () =>
        {
            await Task.Yield();
            Schedule.Point("between");
            await Task.Yield();
        });
    }

    private static void Found(string what, Func<Task> scenario)
    {
        var failed = Assert.Throws<ScheduleFailedException>(() => Exploration.Explore(scenario));

        Assert.Contains(what, failed.Message, StringComparison.Ordinal);
        Assert.Contains($"{Explorer.OnlyVariable}={failed.Seed}", failed.Message, StringComparison.Ordinal);
    }
}
