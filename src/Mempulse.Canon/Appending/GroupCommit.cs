using System.Runtime.InteropServices;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Appending;

/// <summary>Turns a group of batches into one frame and takes it through the only order there is: write, sync, check the term, advance the watermark, acknowledge, publish.</summary>
/// <remarks>Confined to the writer's thread.</remarks>
internal sealed class GroupCommit(SegmentRoll roll, LaneTable lanes, LogState state, EpochFence fence, FullDiskPause pause, ICommitObserver? observer)
{
    private readonly FrameBuffer _frame = new();
    private readonly List<PendingAppend> _placed = [];

    /// <summary>Commits a group and tells each of its batches the outcome.</summary>
    /// <exception cref="LogFencedException">The term is lost; nothing was acknowledged.</exception>
    /// <exception cref="IOException">The device failed for good; nothing was acknowledged.</exception>
    public void Commit(List<PendingAppend> group)
    {
        try
        {
            Place(group);
            if (_frame.Count == 0)
            {
                // Repetitions only. They too are acknowledged by the holder of the term alone.
                fence.Check();
                Acknowledge();
                return;
            }

            Write();
        }
        catch (DiskFullException full)
        {
            lanes.TakeBack();
            pause.Begin();
            FailPlaced(new LogFullException("There is no room on the device.", full));
        }
        catch (Exception error)
        {
            lanes.TakeBack();
            FailPlaced(AppendQueue.Restated(error));
            throw;
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

    private void Write()
    {
        pause.Check();
        var segment = roll.WithRoomFor(_frame.PayloadBytes);
        var (header, crc) = segment.Write(_frame);

        // Before anybody hears of it: a writer that lost its term while it was paused has just written where nobody reads.
        fence.Check();
        Invariant.That(header.First == state.Watermark.Next, "INV-22", "A commit begins right after the watermark.");
        segment.Commit(header, crc);
        lanes.Commit();
        state.Advance(header.Last);
        Acknowledge();
        segment.Digest(_frame);

        // Publish only after the append is durable: what a follower applies can then never be taken back.
        observer?.Committed(new SequencedBatch(header.Epoch, header.First, header.Count, header.Last, _frame.Payload));
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
