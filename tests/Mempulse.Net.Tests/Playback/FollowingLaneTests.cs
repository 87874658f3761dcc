using Mempulse.Net.Ingest;
using Mempulse.Net.Playback;

namespace Mempulse.Net.Tests.Playback;

/// <summary>A lane that follows another begins when that one has ended, however it ended, and not before.</summary>
public sealed class FollowingLaneTests : IAsyncDisposable
{
    private readonly TaskCompletionSource _before = new();
    private readonly ScriptedLane _lane = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_starts_when_the_one_before_has_ended_and_ends_with_its_own(bool hasFailed)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var following = new FollowingLane(_lane, _before.Task);

        await following.StartAsync(stop);
        Assert.Equal((false, false), (_lane.Started.Task.IsCompleted, following.Completion.IsCompleted));
        Assert.Equal((true, 0), (following.ReadStatus().IsWaiting, following.ReadStatus().Sources.Count)); // no source is missed before its turn

        End(hasFailed);
        await _lane.Started.Task.WaitAsync(stop);
        await Until.TrueAsync(() => !following.ReadStatus().IsWaiting, "it has its turn");
        Assert.Equal((false, 1), (following.Completion.IsCompleted, following.ReadStatus().Sources.Count));

        _lane.Ended.SetResult();
        await following.Completion.WaitAsync(stop);
    }

    [Fact]
    public async Task Stopped_before_its_turn_it_never_starts_and_has_ended()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var following = new FollowingLane(_lane, _before.Task);
        await following.StartAsync(stop);

        await following.StopAsync(stop);
        await following.Completion.WaitAsync(stop);
        _before.SetResult();

        Assert.Equal((false, false), (_lane.Started.Task.IsCompleted, _lane.IsStopped));
    }

    [Fact]
    public async Task Stopped_in_its_turn_it_stops_its_lane()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var following = new FollowingLane(_lane, _before.Task);
        await following.StartAsync(stop);
        _before.SetResult();
        await _lane.Started.Task.WaitAsync(stop);

        await following.StopAsync(stop);

        Assert.True(_lane.IsStopped);
    }

    [Fact]
    public async Task What_its_lane_fails_from_is_what_it_fails_from()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var following = new FollowingLane(_lane, _before.Task);
        _before.SetResult();
        await following.StartAsync(stop);

        _lane.Ended.SetException(new InvalidOperationException("a bug"));

        Assert.Equal("a bug", (await Assert.ThrowsAsync<InvalidOperationException>(() => following.Completion.WaitAsync(stop))).Message);
    }

    public ValueTask DisposeAsync() => _lane.DisposeAsync();

    private void End(bool hasFailed)
    {
        if (hasFailed)
        {
            _before.SetException(new InvalidOperationException("the first one failed"));
        }
        else
        {
            _before.SetResult();
        }
    }

    private sealed class ScriptedLane : IIngestLane
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsStopped { get; private set; }

        public string Name => "scripted";

        public Task Completion => Ended.Task;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Started.SetResult();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            IsStopped = true;
            Ended.TrySetResult();
            return Task.CompletedTask;
        }

        public LaneStatus ReadStatus() => new()
        {
            Name = Name,
            QueueDepth = 0,
            QueuePeak = 0,
            QueueCapacity = 1,
            AcceptedCount = 0,
            DecodedCount = 0,
            AppendedCount = 0,
            LastLocalSeq = 0,
            Drops = [],
            IsLogAvailable = true,
            Sources = [new SourceStatus("source", "capture:source", false, 0, 0, default, string.Empty)],
        };

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
