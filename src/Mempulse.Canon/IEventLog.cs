using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon;

/// <summary>One chain's log, open for writing by its only writer.</summary>
/// <remarks>Thread-safe. Disposing takes no more batches, commits what waits, and closes the log.</remarks>
public interface IEventLog : IDisposable
{
    /// <summary>Reads what is durable.</summary>
    ILogReader Reader { get; }

    /// <summary>The writer's term.</summary>
    Epoch Epoch { get; }

    /// <summary>The highest durable position.</summary>
    GlobalSeq Watermark { get; }

    /// <summary>Appends a batch; completes when it is durable. Repetitions by lane and position are found and not appended again.</summary>
    /// <param name="batch">Belongs to the log until the task completes; at most 4 MiB of records.</param>
    /// <param name="cancellationToken">Withdraws the batch while it waits; once the writer took it, the outcome is awaited.</param>
    /// <exception cref="LogFullException">No room; not appended.</exception>
    /// <exception cref="LogFencedException">The term is lost; the outcome is for the new writer to say.</exception>
    /// <exception cref="LogFailedException">The device failed; the outcome is known after the log was opened anew.</exception>
    ValueTask<AppendResult> AppendAsync(EventBatch batch, CancellationToken cancellationToken);

    /// <summary>The last durable position of a lane, or null if it never appended.</summary>
    LanePosition? LastPosition(LaneId lane);
}
