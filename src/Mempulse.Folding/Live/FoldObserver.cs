using Mempulse.Canon.Snapshots;
using Mempulse.Primitives;
using Mempulse.Replay;

namespace Mempulse.Folding.Live;

/// <summary>Receives reports from a fold. A host overrides the ones it logs, counts or waits for.</summary>
/// <remarks>Called on the fold's scheduler. An override must not block or throw.</remarks>
public class FoldObserver
{
    /// <summary>An observer that ignores everything.</summary>
    public static FoldObserver None { get; } = new();

    /// <summary>The fold starts after <paramref name="applied"/>; the log ends at <paramref name="watermark"/>.</summary>
    public virtual void Started(GlobalSeq applied, GlobalSeq watermark)
    {
    }

    /// <summary>Everything that was in the log at the start is applied. The engine may be read during the call.</summary>
    public virtual void CaughtUp(ReplayEngine engine)
    {
    }

    /// <summary>Events were applied.</summary>
    /// <param name="through">The last position applied.</param>
    /// <param name="count">The number of events.</param>
    /// <param name="delay">The time since the last event was observed; null while catching up and for played-back events.</param>
    public virtual void Applied(GlobalSeq through, int count, TimeSpan? delay)
    {
    }

    /// <summary>Derived events became durable.</summary>
    public virtual void DerivedAppended(int count)
    {
    }

    /// <summary>A checkpoint is on disk and verified.</summary>
    public virtual void CheckpointTaken(SnapshotMark mark, long sizeBytes, TimeSpan took)
    {
    }

    /// <summary>A checkpoint could not be written; the previous one remains.</summary>
    public virtual void CheckpointFailed(GlobalSeq at, Exception failure)
    {
    }

    /// <summary>A checkpoint is on disk, but the log did not accept its record.</summary>
    public virtual void CheckpointNotRecorded(GlobalSeq at, string detail)
    {
    }

    /// <summary>A checkpoint was ignored.</summary>
    public virtual void CheckpointIgnored(string reason)
    {
    }

    /// <summary>The fold stopped on request.</summary>
    public virtual void Stopped(GlobalSeq applied)
    {
    }

    /// <summary>The fold stopped on an error.</summary>
    public virtual void Failed(GlobalSeq applied, Exception failure)
    {
    }
}
