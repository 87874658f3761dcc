using Mempulse.Folding.Following;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Folding.Tests.Following;

/// <summary>A ring is never lost and never counted twice; a wait ends exactly at its time.</summary>
public sealed class WakeUpTests : IDisposable
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly WakeUp _wakeUp;

    public WakeUpTests() => _wakeUp = new WakeUp(_time);

    [Fact]
    public async Task A_ring_before_the_wait_ends_it_at_once_and_only_once()
    {
        _wakeUp.Ring();
        _wakeUp.Ring();

        Assert.True(await WaitAsync());
        var second = WaitAsync();
        Assert.False(second.IsCompleted);
        _time.Advance(s_second);
        Assert.False(await second);
    }

    [Fact]
    public async Task A_ring_during_the_wait_ends_it_again_and_again()
    {
        for (int round = 0; round < 3; round++)
        {
            var waiting = WaitAsync();
            Assert.False(waiting.IsCompleted);

            _wakeUp.Ring();

            Assert.True(await waiting);
        }
    }

    [Fact]
    public async Task A_wait_lasts_exactly_its_time()
    {
        for (int round = 0; round < 3; round++)
        {
            var waiting = WaitAsync();
            _time.Advance(s_second - TimeSpan.FromTicks(1));
            Assert.False(waiting.IsCompleted);
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.False(await waiting);
        }
    }

    [Fact]
    public async Task The_time_of_a_wait_that_a_ring_ended_does_not_end_the_next_one()
    {
        var rung = WaitAsync();
        _wakeUp.Ring();
        Assert.True(await rung);

        var next = _wakeUp.WaitAsync(s_second * 10, TestContext.Current.CancellationToken).AsTask();
        _time.Advance(s_second * 2);
        Assert.False(next.IsCompleted);
        _wakeUp.Ring();
        Assert.True(await next);
    }

    [Fact]
    public async Task A_cancelled_wait_throws_and_a_ring_in_the_meantime_is_kept()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = _wakeUp.WaitAsync(s_second, cancel.Token).AsTask();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _wakeUp.Ring();

        Assert.True(await WaitAsync());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _wakeUp.WaitAsync(s_second, cancelled.Token).AsTask());
    }

    public void Dispose() => _wakeUp.Dispose();

    private Task<bool> WaitAsync() => _wakeUp.WaitAsync(s_second, TestContext.Current.CancellationToken).AsTask();
}
