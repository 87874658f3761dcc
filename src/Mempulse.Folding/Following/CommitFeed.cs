using Mempulse.Canon.Appending;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Following;

/// <summary>Offers every commit of a log in this process to a follower.</summary>
/// <remarks><see cref="Committed"/> runs on the log's thread. The follower reads commits from before it was attached from the log.</remarks>
public sealed class CommitFeed : ICommitObserver
{
    private LogFollower? _follower;

    /// <summary>Offers to this follower from now on, in place of any previous one.</summary>
    public void Attach(LogFollower follower) => Volatile.Write(ref _follower, follower);

    /// <inheritdoc/>
    public void Committed(SequencedBatch batch) => Volatile.Read(ref _follower)?.Offer(batch.Epoch, batch.Watermark, batch);
}
