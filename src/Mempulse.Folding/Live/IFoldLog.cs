using Mempulse.Canon.Reading;
using Mempulse.Folding.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Live;

/// <summary>A chain's log as its fold uses it: the fold reads durable records and appends derived events.</summary>
/// <remarks>Called on the fold's scheduler only. Only <see cref="Reader"/> blocks on the disk.</remarks>
public interface IFoldLog
{
    /// <summary>Reads durable records.</summary>
    ILogReader Reader { get; }

    /// <summary>The writer's epoch.</summary>
    Epoch Epoch { get; }

    /// <summary>The last durable sequence of a lane; null when the lane has never appended.</summary>
    LaneSequence? LastSequence(LaneId lane);

    /// <summary>Offers commits to a follower from now on. Offers are hints: the follower reads what it was not offered from the log.</summary>
    void Attach(LogFollower follower);

    /// <summary>Appends a batch; idempotent by lane sequence.</summary>
    /// <remarks>
    /// The log owns the batch until the task completes. A transient failure, such as a full disk or a call with an unknown
    /// outcome, is returned, and the fold repeats the batch. An exception is final and stops the fold.
    /// </remarks>
    ValueTask<FoldAppend> AppendAsync(EventBatch batch);
}
