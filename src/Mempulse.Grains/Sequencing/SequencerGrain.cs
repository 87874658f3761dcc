using Mempulse.Canon.Appending;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Placement;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Mempulse.Grains.Sequencing;

/// <summary>Appends batches to the chain's log and returns the answers.</summary>
/// <remarks>
/// Reentrant: appends interleave, and the log groups them into commits. The grain holds no state, so a brief second
/// activation is harmless: two activations on one silo share the log, and two silos cannot both hold it.
/// </remarks>
[GrainType("mempulse.sequencer"), BesideLog, Reentrant, PreferLocalPlacement, Immovable]
internal sealed class SequencerGrain(LogHost logs, TimeProvider time) : Grain, ISequencerGrain
{
    /// <summary>Well below the response timeout of a grain call.</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(5);

    private ChainLog Log => logs.Of(GrainKeys.ChainOf(this.GetPrimaryKeyString()));

    public async ValueTask<AppendAnswer> Append(EventBatch batch)
    {
        if (batch.Count == 0)
        {
            throw new ArgumentException("Cannot append a batch: it is empty.", nameof(batch));
        }

        // Awaited here, so that the writer's thread only has to post to this grain's scheduler.
        return await Log.AppendAsync(batch, AcknowledgeOn.Writer);
    }

    public ValueTask<LaneSequence?> LastSequence(LaneId lane) => ValueTask.FromResult(Log.LastSequence(lane));

    public async ValueTask<GlobalSeq> WaitForFold(GlobalSeq atLeast)
    {
        using var giveUp = new CancellationTokenSource(_longestWait, time);
        return await Log.Progress.WaitAsync(atLeast, giveUp.Token);
    }

    public ValueTask<LogStatus> GetStatus() => ValueTask.FromResult(Log.ReadStatus());
}
