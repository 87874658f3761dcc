using System.Runtime.InteropServices;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Appending;

/// <summary>Commits a group of batches as one frame, always in this order: write, sync, check the epoch, raise the durable mark, advance the watermark, acknowledge, publish.</summary>
/// <remarks>Confined to the writer's thread.</remarks>
internal sealed class GroupCommit(SegmentRoll roll, LaneTable lanes, LogState state, EpochFence fence, RefusalPause pause, ICommitObserver? observer)
{
    private readonly FrameBuffer _frame = new();
    private readonly List<PendingAppend> _placed = [];

    /// <summary>Called with the failure that stops the writer, before the batches of the commit are refused: a refused caller then finds it.</summary>
    public Action<Exception>? Failing { get; set; }

    /// <summary>Raised between the sync of a frame and its acknowledgement; null without fsync.</summary>
    public DurableMark? Mark { get; set; }

    /// <summary>Commits a group and completes each of its batches with its outcome.</summary>
    /// <exception cref="LogFencedException">The epoch is lost; nothing was acknowledged.</exception>
    /// <exception cref="IOException">A sync failed; nothing was acknowledged, and the writer must stop.</exception>
    public void Commit(List<PendingAppend> group)
    {
        try
        {
            Place(group);
            WriteOrRefuse();
        }
        catch (LogRefusedException refused)
        {
            Refuse(refused);
        }
        catch (Exception error)
        {
            lanes.Rollback();
            Failing?.Invoke(error);
            FailPlaced(AppendQueue.Restated(error));
            throw;
        }
    }

    /// <summary>
    /// True for a failure after which the log can continue: a call that failed has changed nothing that was acknowledged, and
    /// every attempt starts with the epoch and the place of the segment. A failed sync is different: what it lost is unknown.
    /// </summary>
    private static bool IsTransient(IOException failure) => failure is not (SyncFailedException or LogFencedException or LogCorruptException);

    private void Refuse(LogRefusedException reason)
    {
        lanes.Rollback();
        pause.Begin(reason);
        AcknowledgeEarlier();
        FailPlaced(reason);
    }

    /// <summary>Acknowledges the batches that an earlier attempt has made durable: a refusal means that no record of its batch is in the log.</summary>
    private void AcknowledgeEarlier()
    {
        var earlier = _placed.FindAll(pending => pending.Batch is { Count: > 0 } batch && lanes.LastDurable(batch.Lane) >= batch.Last);
        if (earlier.Count > 0 && HoldsEpoch())
        {
            _placed.RemoveAll(earlier.Contains);
            earlier.ForEach(pending => pending.Complete(state.Watermark));
        }
    }

    private bool HoldsEpoch()
    {
        try
        {
            fence.Check();
            return true;
        }
        catch (IOException)
        {
            return false; // lost, or not to be read now: the next commit meets the same and stops the writer or refuses
        }
    }

    private void Place(List<PendingAppend> group)
    {
        _frame.Clear();
        _placed.Clear();
        var next = roll.Current.Position.Next;
        foreach (var pending in CollectionsMarshal.AsSpan(group))
        {
            if (pending.Cancellation.IsCancellationRequested)
            {
                pending.Fail(new OperationCanceledException(pending.Cancellation));
                continue;
            }

            if (!lanes.HasRoomFor(pending.Batch!.Lane))
            {
                pending.Fail(new LogFailedException($"Cannot append for lane {pending.Batch.Lane}: the limit of {SegmentLayout.Header.MaxLanes} lanes is reached."));
                continue;
            }

            _placed.Add(pending);
            Place(pending, pending.Batch!, next.Plus((ulong)_frame.Count));
        }
    }

    private void Place(PendingAppend pending, EventBatch batch, GlobalSeq at)
    {
        if (batch.Count == 0)
        {
            pending.Place(at, 0, 0);
            return;
        }

        int offset = 0;
        int duplicates = 0;
        if (lanes.LastAssigned(batch.Lane) is { } last && batch.First <= last)
        {
            (offset, duplicates) = batch.Last <= last ? (batch.SizeBytes, batch.Count) : LaneScan.FirstPast(batch, last);
        }

        int count = batch.Count - duplicates;
        pending.Place(at, count, duplicates);
        if (count > 0)
        {
            _frame.Add(batch.Records.Span[offset..], count);
            lanes.Assign(batch.Lane, batch.Last);
        }
    }

    /// <summary>Writes and acknowledges what was placed; a failure that changed nothing becomes a refusal.</summary>
    private void WriteOrRefuse()
    {
        try
        {
            if (_frame.Count > 0)
            {
                Write();
                return;
            }

            // Duplicates only. Even these are acknowledged only while the epoch holds.
            fence.Check();
            Acknowledge();
        }
        catch (DiskFullException full)
        {
            CheckEpochIfReadable();
            throw new LogFullException("Cannot append: the device is full. Free space and retry.", full);
        }
        catch (IOException transient) when (IsTransient(transient) && transient is not LogRefusedException)
        {
            CheckEpochIfReadable();
            throw new LogUnreachableException($"Cannot append: {transient.Message}", transient);
        }
    }

    /// <summary>Stops a writer that lost its epoch: its call may have failed because its successor deleted the file it needed.</summary>
    private void CheckEpochIfReadable()
    {
        try
        {
            fence.Check();
        }
        catch (IOException unreadable) when (IsTransient(unreadable))
        {
            // The caller refuses the batch for the first failure, and the next commit checks again.
        }
    }

    private void Write()
    {
        pause.Check();
        roll.CheckPlace();
        var segment = roll.WithRoomFor(_frame.PayloadBytes);
        var (header, crc) = segment.Write(_frame);

        // Check before acknowledging: a writer that lost its epoch while it was paused has just written where no one reads.
        fence.Check();
        Invariant.That(header.First == state.Watermark.Next, "INV-22", "A commit begins right after the watermark.");
        if (Mark is not null)
        {
            // After a check, because the mark must not name a frame that is never read; and checked again, because the write takes time.
            Mark.Raise(header.Last);
            CheckEpochFinally();
        }

        segment.Commit(header, crc);
        lanes.Commit();
        state.Advance(header.Last);
        Acknowledge();
        segment.Digest(_frame);

        // Publish only after the append is durable, so that nothing a follower applies can ever be undone.
        observer?.Committed(new SequencedBatch(header.Epoch, header.First, header.Count, header.Last, _frame.Payload));
    }

    /// <summary>A marked frame cannot be withdrawn, so the writer must stop if the epoch cannot be read.</summary>
    private void CheckEpochFinally()
    {
        try
        {
            fence.Check();
        }
        catch (IOException error) when (IsTransient(error))
        {
            throw new SyncFailedException($"Cannot check the epoch: {error.Message} Reopen the log.", error);
        }
    }

    private void Acknowledge()
    {
        foreach (var pending in CollectionsMarshal.AsSpan(_placed))
        {
            pending.Complete(state.Watermark);
        }

        _placed.Clear();
    }

    private void FailPlaced(Exception reason)
    {
        foreach (var pending in CollectionsMarshal.AsSpan(_placed))
        {
            pending.Fail(reason);
        }

        _placed.Clear();
    }
}
