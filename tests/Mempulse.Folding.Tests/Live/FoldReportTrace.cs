using System.Collections.Concurrent;
using Mempulse.Canon.Snapshots;
using Mempulse.Folding.Live;
using Mempulse.Primitives;
using Mempulse.Replay;

namespace Mempulse.Folding.Tests.Live;

/// <summary>What a fold reported, in order.</summary>
internal sealed class FoldReportTrace : FoldObserver
{
    private readonly ConcurrentQueue<string> _all = new();
    private readonly ConcurrentQueue<TimeSpan?> _delays = new();
    private ulong _applied;
    private long _derived;

    public IReadOnlyList<string> All => [.. _all];

    /// <summary>The delay of each slice that was applied; null where none was measured.</summary>
    public IReadOnlyList<TimeSpan?> Delays => [.. _delays];

    public GlobalSeq Through => new(Volatile.Read(ref _applied));

    public long Derived => Volatile.Read(ref _derived);

    public override void Started(GlobalSeq applied, GlobalSeq watermark) => _all.Enqueue($"started at {applied} of {watermark}");

    public override void CaughtUp(ReplayEngine engine) => _all.Enqueue($"caught up at {engine.Applied}");

    public override void Applied(GlobalSeq through, int count, TimeSpan? delay)
    {
        _delays.Enqueue(delay);
        Volatile.Write(ref _applied, through.Value);
    }

    public override void DerivedAppended(int count) => Interlocked.Add(ref _derived, count);

    public override void CheckpointTaken(SnapshotMark mark, long sizeBytes, TimeSpan took) => _all.Enqueue($"checkpoint at {mark.Seq}");

    public override void CheckpointFailed(GlobalSeq at, Exception failure) => _all.Enqueue($"no checkpoint at {at}: {failure.GetType().Name}");

    public override void CheckpointNotRecorded(GlobalSeq at, string detail) => _all.Enqueue($"checkpoint at {at} not recorded: {detail}");

    public override void CheckpointIgnored(string reason) => _all.Enqueue($"ignored: {reason}");

    public override void Stopped(GlobalSeq applied) => _all.Enqueue("stopped");

    public override void Failed(GlobalSeq applied, Exception failure) => _all.Enqueue($"failed after {applied}: {failure.GetType().Name}");
}
