using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Format;
using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon;

/// <summary>One chain's log, open for writing; a log has at most one writer.</summary>
/// <remarks>Thread-safe. Disposing refuses further batches, commits the queued ones, and closes the log.</remarks>
public interface IEventLog : IDisposable
{
    /// <summary>Reads the durable part of the log.</summary>
    ILogReader Reader { get; }

    /// <summary>The writer's epoch.</summary>
    Epoch Epoch { get; }

    /// <summary>The highest durable position.</summary>
    GlobalSeq Watermark { get; }

    /// <summary>The failure that stopped the writer; null while it runs and after a clean close.</summary>
    Exception? Failure { get; }

    /// <summary>Damage that background verification or a reader has found since the log was opened; appends go on.</summary>
    IReadOnlyCollection<LogDamage> Damage { get; }

    /// <summary>Appends a batch and completes when it is durable; records that the log already has are skipped.</summary>
    /// <remarks>A record is known by its lane and its position in that lane, so appending a batch again is safe.</remarks>
    /// <param name="batch">Owned by the log until the task completes; at most 4 MiB of records.</param>
    /// <param name="cancellationToken">Withdraws the batch while it is queued; once the writer has taken it, the call waits for the outcome.</param>
    /// <exception cref="LogFullException">The device is full; nothing was appended.</exception>
    /// <exception cref="LogUnreachableException">The directory or the device cannot be reached; nothing was appended.</exception>
    /// <exception cref="LogFencedException">The epoch is lost; the outcome is unknown. Ask the new writer.</exception>
    /// <exception cref="LogFailedException">The device failed; the outcome is unknown until the log is reopened.</exception>
    ValueTask<AppendResult> AppendAsync(EventBatch batch, CancellationToken cancellationToken);

    /// <summary>Appends a batch like the other overload, and lets the caller choose the thread that runs its continuation.</summary>
    /// <remarks>
    /// A caller that awaits on its own scheduler (a grain) resumes there in either case; <see cref="AcknowledgeOn.Writer"/> saves
    /// the hop through the thread pool.
    /// </remarks>
    ValueTask<AppendResult> AppendAsync(EventBatch batch, AcknowledgeOn acknowledgeOn, CancellationToken cancellationToken);

    /// <summary>The last durable sequence of a lane, or null if it never appended.</summary>
    LaneSequence? LastSequence(LaneId lane);
}
