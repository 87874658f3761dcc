using System.Diagnostics;

namespace Mempulse.Architecture.Tests.Clocks.Canaries;

/// <summary>One wait of each kind that the scan must catch.</summary>
internal static class OnSystemClock
{
    public static async Task WaitAsync(Task other, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        await other.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();
        watch.Stop();
    }
}

/// <summary>Waits that the scan must let pass.</summary>
internal static class OnTimeProvider
{
    public static async Task WaitAsync(Task other, TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        await Task.Delay(Timeout.Infinite, cancellationToken);
        await other.WaitAsync(TimeSpan.FromSeconds(1), time, cancellationToken);
        await other.WaitAsync(cancellationToken);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        using var plain = new CancellationTokenSource();
    }
}
