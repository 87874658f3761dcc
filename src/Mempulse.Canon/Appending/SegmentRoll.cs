using Mempulse.Canon.Fencing;
using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Segments;

namespace Mempulse.Canon.Appending;

/// <summary>The segment being written, and the switch to the next one; confined to the writer's thread.</summary>
internal sealed class SegmentRoll(
    SegmentPreparer preparer, LogState state, LaneTable lanes, EpochFence fence, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan PlaceInterval = TimeSpan.FromSeconds(1);

    private SegmentWriter? _current;
    private long _placeCheckedAt;

    /// <summary>Called after each roll: a segment was sealed, and another file is to be prepared.</summary>
    public Action? Rolled { get; set; }

    /// <summary>The segment being written.</summary>
    public SegmentWriter Current => _current ?? throw new InvalidOperationException("Cannot write: there is no segment yet. Call Begin first.");

    /// <summary>Creates the first segment of this epoch.</summary>
    public void Begin(SegmentHeader header, FrameBuffer? carried)
    {
        long needed = header.SizeBytes + SegmentLayout.Footer.Size + (carried is null ? 0 : SegmentLayout.FrameBytes(carried.PayloadBytes));
        var prepared = preparer.Take(needed);
        _current = SegmentWriter.Create(preparer.Files, preparer.Directory, prepared, header, carried, fence);
        preparer.Used();
        state.Add(_current.Segment);
    }

    /// <summary>Returns the current segment, or rolls to the next one if a frame with this payload does not fit.</summary>
    public SegmentWriter WithRoomFor(int payloadBytes)
    {
        if (Current.Fits(payloadBytes))
        {
            return Current;
        }

        var old = Current;
        var marks = lanes.Marks();
        var header = old.Segment.Header with { First = old.Position.Next, Previous = null, Lanes = marks };

        // Take the file first: a full or missing disk must surface before anything in the old segment changes.
        old.CheckPlace();
        bool isNamed = preparer.Files.Exists(SegmentWriter.PathOf(preparer.Directory, header)); // an earlier attempt came as far as the rename
        var prepared = isNamed ? null : preparer.Take(header.SizeBytes + SegmentLayout.FrameBytes(payloadBytes) + SegmentLayout.Footer.Size);
        header = header with { Previous = old.Seal() };
        _current = Create(prepared, header);
        state.Add(_current.Segment);
        old.Dispose();
        Rolled?.Invoke();
        return _current;
    }

    /// <summary>Checks from time to time that the segment being written is where the next opening will look for it.</summary>
    /// <exception cref="IOException">It is not: an acknowledgement would promise what no opening finds.</exception>
    public void CheckPlace()
    {
        if (time.GetElapsedTime(_placeCheckedAt) < PlaceInterval)
        {
            return;
        }

        Current.CheckPlaceIfKnown();
        _placeCheckedAt = time.GetTimestamp();
    }

    private SegmentWriter Create(PreparedSegment? prepared, SegmentHeader header)
    {
        try
        {
            var created = SegmentWriter.Create(preparer.Files, preparer.Directory, prepared, header, carried: null, fence);
            preparer.Used();
            return created;
        }
        catch (IOException)
        {
            preparer.Discard(); // it may be half written, renamed, or on a device that lost it
            throw;
        }
    }

    public void Dispose() => _current?.Dispose();
}
