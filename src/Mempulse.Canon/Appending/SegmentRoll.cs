using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Segments;

namespace Mempulse.Canon.Appending;

/// <summary>The segment being written, and the change to the next one; confined to the writer's thread.</summary>
internal sealed class SegmentRoll(
    ILogFileSystem files, string directory, SegmentPreparer preparer, LogState state, LaneTable lanes, EpochFence fence) : IDisposable
{
    private SegmentWriter? _current;

    /// <summary>Is told after each roll that another file is to be prepared and a segment was sealed.</summary>
    public Action? Rolled { get; set; }

    /// <summary>The segment being written.</summary>
    public SegmentWriter Current => _current ?? throw new InvalidOperationException("The first segment is not made yet.");

    /// <summary>Makes the first segment of this term.</summary>
    public void Begin(SegmentHeader header, FrameBuffer? carried)
    {
        long needed = header.SizeBytes + SegmentLayout.Footer.Size + (carried is null ? 0 : SegmentLayout.FrameBytes(carried.PayloadBytes));
        var prepared = preparer.Take(needed);
        _current = SegmentWriter.Create(files, directory, prepared, header, carried);
        preparer.Used();
        state.Add(_current.Segment);
    }

    /// <summary>The current segment, or the next one if a frame with this payload has no room in it.</summary>
    public SegmentWriter WithRoomFor(int payloadBytes)
    {
        if (Current.Fits(payloadBytes))
        {
            return Current;
        }

        var old = Current;
        var marks = lanes.Marks();
        var header = old.Segment.Header with { First = old.Position.Next, Previous = null, Lanes = marks };

        // The room first: a full disk must show before anything of the old segment is changed.
        var prepared = preparer.Take(header.SizeBytes + SegmentLayout.FrameBytes(payloadBytes) + SegmentLayout.Footer.Size);
        header = header with { Previous = old.Seal() };
        fence.Check();
        _current = SegmentWriter.Create(files, directory, prepared, header, carried: null);
        preparer.Used();
        state.Add(_current.Segment);
        old.Dispose();
        Rolled?.Invoke();
        return _current;
    }

    public void Dispose() => _current?.Dispose();
}
