using System.Globalization;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;

namespace Mempulse.Canon.Segments;

/// <summary>Walks over the frames of one segment, and past damaged places, which it reports.</summary>
/// <remarks>Confined to one thread.</remarks>
internal sealed class DamageWalker(ILogFile file, SegmentHeader header, FramePosition start, long limitBytes, int chunkBytes = FrameWalker.DefaultChunkBytes) : IDisposable
{
    private readonly FrameWalker _walker = new(file, header, start, limitBytes, chunkBytes);

    /// <summary>Bytes at or past this offset are not read; may be raised.</summary>
    public long LimitBytes
    {
        get => _walker.LimitBytes;
        set => _walker.LimitBytes = value;
    }

    /// <summary>The boundary that the next step starts from.</summary>
    public FramePosition Position => _walker.Position;

    /// <summary>Header of the frame stepped over; valid after a step that returned true.</summary>
    public FrameHeader Frame => _walker.Frame;

    /// <summary>The boundary before that frame.</summary>
    public FramePosition FrameStart => _walker.FrameStart;

    /// <summary>The records of that frame; valid until the next step.</summary>
    public ReadOnlyMemory<byte> Payload => _walker.Payload;

    /// <summary>The damage between this frame and the one before it, with the positions that it cost; null if they follow each other.</summary>
    public LogDamage? Passed { get; private set; }

    /// <summary>What follows the last frame in place of another; set by a step that returned false before the limit, null at the limit.</summary>
    /// <remarks>Its last position is unknown: nothing valid follows in this segment.</remarks>
    public LogDamage? Rest { get; private set; }

    /// <summary>Steps to the next valid frame; false if no valid frame begins before the limit.</summary>
    public bool MoveNext()
    {
        Passed = null;
        var expected = _walker.Position;
        var step = _walker.MoveNext();
        if (step == FrameStep.Frame)
        {
            return true;
        }

        if (step == FrameStep.End && expected.Offset >= LimitBytes)
        {
            return false;
        }

        var damage = _walker.Damage ?? new LogDamage(
            file.Path, expected.Offset, string.Create(CultureInfo.InvariantCulture, $"the frame of seq {expected.Next}"), _walker.Footer is null ? "zeros" : "a footer");

        // From the same offset: a frame that is valid but not chained to the bytes before it is found where it stands.
        if (FrameSearch.Next(file, header, expected.Offset, expected.Next, LimitBytes) is not { } found)
        {
            Rest = damage with { First = expected.Next };
            return false;
        }

        Passed = damage.Costing(expected.Next, found.Next);
        _walker.ContinueAt(found);
        return _walker.MoveNext() == FrameStep.Frame;
    }

    public void Dispose() => _walker.Dispose();
}
