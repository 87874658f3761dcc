using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Sequencing;

/// <summary>The one place where a chain's events get their position. Its key is the chain id.</summary>
/// <remarks>Thin: it hands the batch to the log that its silo holds open. The single activation is no lock; the log's epoch is.</remarks>
[Alias("mempulse.ISequencerGrain")]
public interface ISequencerGrain : IGrainWithStringKey
{
    /// <summary>Appends a batch and answers when it is durable and the writer's epoch still holds, or says why that is not so.</summary>
    /// <remarks>
    /// Idempotent by lane and position: a call whose outcome is unknown (a time-out) is repeated with the very same batch.
    /// The batch is the log's from the call until a repetition of it was answered.
    /// </remarks>
    [Alias("Append")]
    ValueTask<AppendAnswer> Append([Immutable] EventBatch batch);

    /// <summary>The last durable sequence of a lane, or null if it never appended.</summary>
    [Alias("LastSequence")]
    ValueTask<LaneSequence?> LastSequence(LaneId lane);

    /// <summary>Waits until the fold has applied <paramref name="atLeast"/>, but no longer than a few seconds.</summary>
    /// <returns>How far the fold is; the caller asks again when that is not enough.</returns>
    [Alias("WaitForFold")]
    ValueTask<GlobalSeq> WaitForFold(GlobalSeq atLeast);

    /// <summary>How the log stands.</summary>
    [Alias("GetStatus")]
    ValueTask<LogStatus> GetStatus();
}
