using Mempulse.Grains.Logs;
using Mempulse.Primitives;

namespace Mempulse.Grains.Tests.Logs;

/// <summary>Waiters are released when their position is applied, when they give up, and when there is no fold to wait for.</summary>
public sealed class FoldProgressTests
{
    private readonly FoldProgress _progress = new();

    [Fact]
    public async Task A_waiter_continues_when_exactly_its_position_is_applied_and_not_one_before()
    {
        var waiting = _progress.WaitAsync(new GlobalSeq(10), CancellationToken.None).AsTask();

        _progress.MoveTo(new GlobalSeq(9));
        Assert.False(waiting.IsCompleted);
        _progress.MoveTo(new GlobalSeq(10));

        Assert.Equal(new GlobalSeq(10), await WithinAsync(waiting));
        Assert.Equal(new GlobalSeq(10), await WithinAsync(_progress.WaitAsync(new GlobalSeq(10), CancellationToken.None).AsTask()));
    }

    [Fact]
    public async Task Every_waiter_is_woken_by_every_move_again_and_again()
    {
        for (ulong round = 1; round <= 3; round++)
        {
            var waiting = Enumerable.Range(0, 5).Select(_ => _progress.WaitAsync(new GlobalSeq(round), CancellationToken.None).AsTask()).ToList();
            Assert.All(waiting, waiter => Assert.False(waiter.IsCompleted));

            _progress.MoveTo(new GlobalSeq(round));

            Assert.All(await WithinAsync(Task.WhenAll(waiting)), at => Assert.Equal(new GlobalSeq(round), at));
        }
    }

    [Fact]
    public async Task A_waiter_that_gives_up_returns_the_position_reached()
    {
        using var giveUp = new CancellationTokenSource();
        _progress.MoveTo(new GlobalSeq(3));
        var waiting = _progress.WaitAsync(new GlobalSeq(10), giveUp.Token).AsTask();
        Assert.False(waiting.IsCompleted);

        await giveUp.CancelAsync();

        Assert.Equal(new GlobalSeq(3), await WithinAsync(waiting));
    }

    [Fact]
    public async Task Without_a_fold_no_one_waits_until_it_moves_again()
    {
        var waiting = _progress.WaitAsync(new GlobalSeq(10), CancellationToken.None).AsTask();

        _progress.Release();
        await WithinAsync(waiting);
        _progress.MoveTo(new GlobalSeq(4));

        Assert.Equal(new GlobalSeq(4), _progress.Applied);
        Assert.False(_progress.WaitAsync(new GlobalSeq(5), CancellationToken.None).AsTask().IsCompleted);
    }

    private static Task<T> WithinAsync<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
}
