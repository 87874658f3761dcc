using System.Collections.Concurrent;
using Mempulse.Grains.Ingest;
using Mempulse.Net.Ingest;

namespace Mempulse.Grains.Tests.Ingest;

/// <summary>A lane that does what the test says, and notes the order of its calls.</summary>
internal sealed class ScriptedLane(string name, ConcurrentQueue<string> order) : IIngestLane
{
    public LaneContext? Context { get; set; }

    public Exception? StartFailure { get; init; }

    public Exception? StopFailure { get; init; }

    public bool StopsWhenCancelled { get; init; }

    public LaneStatus Status { get; init; } = new()
    {
        Name = name,
        QueueDepth = 0,
        QueuePeak = 0,
        QueueCapacity = 0,
        AcceptedCount = 0,
        DecodedCount = 0,
        AppendedCount = 0,
        LastLocalSeq = 0,
        Drops = [],
        IsLogAvailable = true,
        Sources = [],
    };

    public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    public Task Completion => End.Task;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        order.Enqueue($"start {name}");
        return StartFailure is { } failure ? Task.FromException(failure) : Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        order.Enqueue($"stop {name}");
        return StopFailure is { } failure ? Task.FromException(failure)
            : StopsWhenCancelled ? Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken)
            : Task.CompletedTask;
    }

    public LaneStatus ReadStatus() => Status;

    public ValueTask DisposeAsync()
    {
        order.Enqueue($"dispose {name}");
        return ValueTask.CompletedTask;
    }
}
