using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;
using Mempulse.Replay;

namespace Mempulse.Folding.Live;

/// <summary>Receives what a fold reports; a host overrides what it logs, counts or waits for.</summary>
/// <remarks>Called on the fold's scheduler. An override must neither block nor throw.</remarks>
public class FoldObserver
{
    /// <summary>An observer that ignores everything.</summary>
    public static FoldObserver None { get; } = new();

    /// <summary>The fold starts after <paramref name="applied"/>; the log ends at <paramref name="watermark"/>.</summary>
    public virtual void Started(GlobalSeq applied, GlobalSeq watermark)
    {
    }

    /// <summary>Everything that the log held at the start is applied. The engine may be read during the call.</summary>
    public virtual void CaughtUp(ReplayEngine engine)
    {
    }

    /// <summary>Events were applied.</summary>
    /// <param name="through">The last of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="delay">From the observation of the last one until now; null while catching up and for played-back events.</param>
    public virtual void Applied(GlobalSeq through, int count, TimeSpan? delay)
    {
    }

    /// <summary>Derived events became durable.</summary>
    public virtual void DerivedAppended(int count)
    {
    }

    /// <summary>A checkpoint is on disk and was read back.</summary>
    public virtual void CheckpointTaken(SnapshotMark mark, long sizeBytes, TimeSpan took)
    {
    }

    /// <summary>A checkpoint was not written; the one before it remains.</summary>
    public virtual void CheckpointFailed(GlobalSeq at, Exception failure)
    {
    }

    /// <summary>A checkpoint is on disk, but the log did not take the record of it.</summary>
    public virtual void CheckpointNotRecorded(GlobalSeq at, string detail)
    {
    }

    /// <summary>A checkpoint was not used.</summary>
    public virtual void CheckpointIgnored(string reason)
    {
    }

    /// <summary>The fold ended on request.</summary>
    public virtual void Stopped(GlobalSeq applied)
    {
    }

    /// <summary>An error ended the fold.</summary>
    public virtual void Failed(GlobalSeq applied, Exception failure)
    {
    }
}
