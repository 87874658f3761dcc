using Mempulse.Canon.Snapshots;
using Mempulse.Folding.Live;
using Mempulse.Grains.Logs;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Replay;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Folding;

/// <summary>Turns the reports of a chain's fold into metrics, log lines, and the progress that lanes wait for.</summary>
internal sealed partial class FoldReports(ChainId chain, FoldProgress progress, FoldMeter meter, ILogger log) : FoldObserver
{
    /// <summary>Called after each slice of events, on the fold's scheduler.</summary>
    public Action Moved { get; init; } = static () => { };

    public override void Started(GlobalSeq applied, GlobalSeq watermark)
    {
        progress.MoveTo(applied); // also takes back the release by a fold that stopped before
        LogFoldStarts(log, chain, applied, watermark);
    }

    public override void CaughtUp(ReplayEngine engine)
    {
        var digest = engine.Digest();
        LogCaughtUp(log, chain, engine.Applied, digest);
    }

    public override void Applied(GlobalSeq through, int count, TimeSpan? delay)
    {
        progress.MoveTo(through);
        meter.Applied(chain, count);
        Moved();
        if (delay is { } after)
        {
            meter.AppliedAfter(chain, after);
        }
    }

    public override void DerivedAppended(int count) => meter.Derived(chain, count);

    public override void CheckpointTaken(SnapshotMark mark, long sizeBytes, TimeSpan took)
    {
        meter.Checkpoint(chain, took);
        LogTaken(log, chain, mark.Seq, sizeBytes);
    }

    public override void CheckpointFailed(GlobalSeq at, Exception failure)
    {
        meter.UnusableCheckpoint(chain);
        LogNotTaken(log, chain, at, failure);
    }

    public override void CheckpointNotRecorded(GlobalSeq at, string detail) => LogNotRecorded(log, chain, at, detail);

    public override void CheckpointIgnored(string reason)
    {
        meter.UnusableCheckpoint(chain);
        LogIgnored(log, chain, reason);
    }

    // Lanes must not wait for a fold that is not running.
    public override void Stopped(GlobalSeq applied) => progress.Release();

    public override void Failed(GlobalSeq applied, Exception failure)
    {
        LogFoldFailed(log, chain, applied, failure);
        progress.Release();
    }
}
