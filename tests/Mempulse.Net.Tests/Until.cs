using System.Diagnostics;

namespace Mempulse.Net.Tests;

/// <summary>Waits for a condition on real components, with a limit.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition, string what, int limitSeconds = 30)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(limitSeconds), $"Not within {limitSeconds} s: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        }
    }
}
