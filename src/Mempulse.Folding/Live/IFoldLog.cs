using Mempulse.Canon.Reading;
using Mempulse.Folding.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Live;

/// <summary>A chain's log as its fold uses it: read what is durable, append what follows from it.</summary>
/// <remarks>Called on the fold's scheduler only. Nothing here blocks on the disk but <see cref="Reader"/>.</remarks>
public interface IFoldLog
{
    /// <summary>Reads what is durable.</summary>
    ILogReader Reader { get; }

    /// <summary>The writer's term.</summary>
    Epoch Epoch { get; }

    /// <summary>The last durable sequence of a lane; null when the lane never appended.</summary>
    LaneSequence? LastSequence(LaneId lane);

    /// <summary>Offers commits to a follower from now on. Only a hint: what is not offered is read from the log.</summary>
    void Attach(LogFollower follower);

    /// <summary>Appends a batch; idempotent by lane and position.</summary>
    /// <remarks>
    /// The batch belongs to the log until the task completes. A failure that may pass, such as a full disk or a call whose
    /// outcome is unknown, is an answer; the fold repeats the batch. An exception is final and stops the fold.
    /// </remarks>
    ValueTask<FoldAppend> AppendAsync(EventBatch batch);
}
