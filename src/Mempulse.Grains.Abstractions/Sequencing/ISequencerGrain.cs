using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Sequencing;

/// <summary>Assigns positions to a chain's events; no other component does. Its key is the chain id.</summary>
/// <remarks>It passes batches to the log that its silo holds open. Mutual exclusion comes from the log's epoch, not from the single activation.</remarks>
[Alias("mempulse.ISequencerGrain")]
public interface ISequencerGrain : IGrainWithStringKey
{
    /// <summary>Appends a batch. Answers once it is durable under the writer's current epoch, or with the reason why it is not.</summary>
    /// <remarks>
    /// Idempotent by lane sequence: if the outcome is unknown (a timeout), repeat the call with the same batch.
    /// The log owns the batch from the call until the call, or a repetition of it, has been answered.
    /// </remarks>
    [Alias("Append")]
    ValueTask<AppendAnswer> Append([Immutable] EventBatch batch);

    /// <summary>Returns the last durable sequence of a lane, or null if it has never appended.</summary>
    [Alias("LastSequence")]
    ValueTask<LaneSequence?> LastSequence(LaneId lane);

    /// <summary>Waits until the fold has applied <paramref name="atLeast"/>, for a few seconds at most.</summary>
    /// <returns>The last applied position; the caller repeats the call while it is too low.</returns>
    [Alias("WaitForFold")]
    ValueTask<GlobalSeq> WaitForFold(GlobalSeq atLeast);

    /// <summary>Returns the status of the log.</summary>
    [Alias("GetStatus")]
    ValueTask<LogStatus> GetStatus();
}
