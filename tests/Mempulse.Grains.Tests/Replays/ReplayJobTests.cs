using Mempulse.Grains.Replays;
using Mempulse.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Grains.Tests.Replays;

/// <summary>How long the result of finished work is held.</summary>
public sealed class ReplayJobTests
{
    private static readonly TimeSpan _interest = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_result_is_held_while_it_is_made_and_until_it_was_not_asked_for_within_the_time()
    {
        var time = new FakeTimeProvider();
        var work = new TaskCompletionSource();
        using var job = new MadeJob(work.Task) { AskedAt = time.GetTimestamp() };
        var released = job.UnaskedAsync(_interest, time, CancellationToken.None);

        time.Advance(_interest * 2);
        bool whileMade = released.IsCompleted;
        work.SetResult();
        time.Advance(_interest - TimeSpan.FromSeconds(1));
        job.AskedAt = time.GetTimestamp();
        time.Advance(_interest - TimeSpan.FromSeconds(1));
        bool whileAsked = released.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(1));
        await released.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((false, false), (whileMade, whileAsked));
    }

    [Fact]
    public async Task The_end_of_the_grain_ends_the_waiting()
    {
        using var stop = new CancellationTokenSource();
        using var job = new MadeJob(Task.FromException(new IOException("It failed.")));
        var released = job.UnaskedAsync(_interest, new FakeTimeProvider(), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => released);
    }

    private sealed class MadeJob(Task work) : ReplayJob(GlobalSeq.None, GlobalSeq.None, CancellationToken.None)
    {
        public override Task Ended => work;

        public override GlobalSeq At => GlobalSeq.None;

        public override string Detail => "It is made.";
    }
}
