using Mempulse.Canon;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Reading;
using Mempulse.Folding.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Live;

/// <summary>A log that this process writes directly, without a sequencer.</summary>
/// <param name="log">The log.</param>
/// <param name="commits">The commit observer that the log was opened with.</param>
public sealed class LocalFoldLog(IEventLog log, CommitFeed commits) : IFoldLog
{
    /// <inheritdoc/>
    public ILogReader Reader => log.Reader;

    /// <inheritdoc/>
    public Epoch Epoch => log.Epoch;

    /// <inheritdoc/>
    public LaneSequence? LastSequence(LaneId lane) => log.LastSequence(lane);

    /// <inheritdoc/>
    public void Attach(LogFollower follower) => commits.Attach(follower);

    /// <inheritdoc/>
    /// <remarks>A log that has failed or lost its epoch throws: it accepts no more records until it is reopened.</remarks>
    public async ValueTask<FoldAppend> AppendAsync(EventBatch batch)
    {
        try
        {
            await log.AppendAsync(batch, CancellationToken.None).ConfigureAwait(false);
            return FoldAppend.Durable;
        }
        catch (LogRefusedException refused)
        {
            return FoldAppend.NotYet(refused.Message);
        }
    }
}
