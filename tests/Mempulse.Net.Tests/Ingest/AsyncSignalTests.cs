using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>No signal is lost, whichever comes first, and none is delivered twice.</summary>
public sealed class AsyncSignalTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_signal_before_the_wait_is_kept_once()
    {
        var signal = new AsyncSignal();
        signal.Set();
        signal.Set();

        Assert.True(signal.WaitAsync().AsTask().IsCompletedSuccessfully);
        var second = signal.WaitAsync().AsTask();
        Assert.False(second.IsCompleted);
        signal.Set();
        await second.WaitAsync(s_limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_signal_while_the_waiter_is_woken_is_kept_for_its_next_wait()
    {
        var signal = new AsyncSignal();
        var first = signal.WaitAsync().AsTask();
        signal.Set();
        signal.Set();
        await first;

        Assert.True(signal.WaitAsync().AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public void A_second_waiter_is_a_bug()
    {
        var signal = new AsyncSignal();
        _ = signal.WaitAsync().AsTask();

        Assert.Throws<InvariantBrokenException>(() => { _ = signal.WaitAsync().AsTask(); });
    }

    [Fact]
    public async Task In_any_race_between_setters_and_the_waiter_every_item_is_seen()
    {
        const int setters = 4;
        const int each = 25_000;
        var signal = new AsyncSignal();
        int produced = 0;
        var setting = Enumerable.Range(0, setters).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < each; i++)
            {
                Interlocked.Increment(ref produced);
                signal.Set();
            }
        })).ToList();
        var waiting = Task.Run(WaitForAllAsync, TestContext.Current.CancellationToken);

        await Task.WhenAll([.. setting, waiting]).WaitAsync(s_limit, TestContext.Current.CancellationToken);

        async Task WaitForAllAsync()
        {
            while (Volatile.Read(ref produced) < setters * each)
            {
                await signal.WaitAsync();
            }
        }
    }
}
