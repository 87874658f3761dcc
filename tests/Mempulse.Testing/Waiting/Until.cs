using System.Diagnostics;

namespace Mempulse.Testing.Waiting;

/// <summary>Waits for a condition on real components, with a limit. The only place where a test may let real time pass.</summary>
public static class Until
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns as soon as <paramref name="condition"/> holds; it is evaluated on the thread pool.</summary>
    /// <exception cref="TimeoutException">It did not hold within <paramref name="limitSeconds"/>; the message contains <paramref name="what"/>.</exception>
    public static Task TrueAsync(Func<bool> condition, string what, int limitSeconds = 30) =>
        TrueAsync(() => Task.FromResult(condition()), what, limitSeconds);

    /// <summary>The same for an asynchronous condition.</summary>
    /// <exception cref="TimeoutException">It did not hold within <paramref name="limitSeconds"/>; the message contains <paramref name="what"/>.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, int limitSeconds = 30)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await condition().ConfigureAwait(false))
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(limitSeconds))
            {
                throw new TimeoutException($"Not within {limitSeconds} s: {what}.");
            }

            await Task.Delay(Interval).ConfigureAwait(false);
        }
    }
}
