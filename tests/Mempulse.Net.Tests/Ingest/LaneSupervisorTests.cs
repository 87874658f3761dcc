using Mempulse.Net.Ingest;
using Mempulse.Net.Sinks;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>The parts of a lane live and end together.</summary>
public sealed class LaneSupervisorTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_that_fails_stops_the_others_and_faults_the_lane()
    {
        await using var pipeline = PipelineParts.Pipeline(new IngestPipelineOptions(), new RecordingSink(), TimeProvider.System);
        await using var supervisor = new LaneSupervisor(pipeline);
        var fail = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var other = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await supervisor.StartAsync([_ => fail.Task, stop => UntilStoppedAsync(other, stop)], Cancelled);

        fail.SetException(new InvalidOperationException("a bug for this test"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => supervisor.Completion.WaitAsync(s_limit, Cancelled));
        await other.Task.WaitAsync(s_limit, Cancelled);
    }

    [Fact]
    public async Task A_pipeline_that_fails_stops_the_parts_and_faults_the_lane()
    {
        await using var pipeline = PipelineParts.Pipeline(new IngestPipelineOptions { MinBatchEvents = 1 }, new BrokenSink(), TimeProvider.System);
        await using var supervisor = new LaneSupervisor(pipeline);
        var part = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await supervisor.StartAsync([stop => UntilStoppedAsync(part, stop)], Cancelled);

        await pipeline.PostAsync(IngestItem.Sighting(default, Primitives.Events.SightingVia.HashSubscription, default, default), Cancelled);

        await Assert.ThrowsAsync<InvalidOperationException>(() => supervisor.Completion.WaitAsync(s_limit, Cancelled));
        await part.Task.WaitAsync(s_limit, Cancelled);
        Assert.False(pipeline.TryPost(IngestItem.Sighting(default, Primitives.Events.SightingVia.HashSubscription, default, default))); // nothing more is taken that will not be recorded
    }

    [Fact]
    public async Task Stopping_waits_for_every_part_and_is_no_fault()
    {
        await using var pipeline = PipelineParts.Pipeline(new IngestPipelineOptions(), new RecordingSink(), TimeProvider.System);
        await using var supervisor = new LaneSupervisor(pipeline);
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await supervisor.StartAsync([_ => finish.Task, static stop => Task.Delay(Timeout.Infinite, stop)], Cancelled);

        var stopping = supervisor.StopPartsAsync();
        Assert.False(stopping.IsCompleted);
        finish.SetResult();
        await stopping.WaitAsync(s_limit, Cancelled);
        await pipeline.CompleteAsync(Cancelled).WaitAsync(s_limit, Cancelled);

        await supervisor.Completion.WaitAsync(s_limit, Cancelled);
    }

    private static async Task UntilStoppedAsync(TaskCompletionSource stopped, CancellationToken stop)
    {
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopped.TrySetResult();
    }

    private sealed class BrokenSink : IEventSink
    {
        public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => ValueTask.FromResult(0UL);

        public ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken) => throw new InvalidOperationException("a bug for this test");
    }
}
