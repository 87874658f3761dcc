using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Reading;

/// <summary>Walks over a log frame by frame in memory that it reuses; confined to one thread.</summary>
public sealed class LogScan : IDisposable
{
    private readonly ILogFileSystem _files;
    private readonly LogState _state;
    private GlobalSeq _next;
    private Segment? _segment;
    private ILogFile? _file;
    private DamageWalker? _walker;
    private readonly Action<LogDamage>? _damaged;
    private LogDamage? _damage;

    internal LogScan(ILogFileSystem files, LogState state, GlobalSeq from, Action<LogDamage>? damaged)
    {
        _files = files;
        _state = state;
        _next = from;
        _damaged = damaged;
        _ = SegmentLookup.IndexOf(state.Segments, from);
    }

    /// <summary>The current frame, or its part from the start position on; its records are valid until the next step.</summary>
    public SequencedBatch? Current { get; private set; }

    /// <summary>Steps to the next frame; false at the watermark, from where a later call continues if the watermark has moved.</summary>
    /// <exception cref="LogCorruptException">The data stored there is damaged, or acknowledged events past the watermark are missing. The scan never goes past it; a new one may, from the position that the damage names.</exception>
    public bool MoveNext()
    {
        var watermark = _state.Watermark;
        while (_next <= watermark)
        {
            ThrowIfDamaged();
            var walker = Walker();
            bool isFrame = walker.MoveNext();
            if (!isFrame)
            {
                _damage = (walker.Rest ?? Missing(walker.Position)).Costing(_next, EndOfSegment(watermark));
            }
            else if (walker.Passed is { } passed && passed.Last >= _next)
            {
                _damage = passed;
            }

            ThrowIfDamaged();

            if (walker.Frame.Last >= _next)
            {
                Current = Part(walker, watermark);
                _next = walker.Frame.Last.Next;
                return true;
            }
        }

        _damage = _state.LostEnd;
        ThrowIfDamaged();
        return false;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _walker?.Dispose();
        _file?.Dispose();
    }

    private DamageWalker Walker()
    {
        if (_walker is not null && (_segment!.End is not { } end || _walker.Position.Offset < end.SealedBytes))
        {
            _walker.LimitBytes = _segment.EndBytes;
            return _walker;
        }

        Dispose();
        var segments = _state.Segments;
        _segment = segments[SegmentLookup.IndexOf(segments, _next)];
        var start = _next == _segment.First ? FrameWalker.StartOf(_segment.Header) : _segment.Index(_files).Floor(_next);
        _file = _files.Open(_segment.Path, FileUse.Read);
        _walker = new DamageWalker(_file, _segment.Header, start, _segment.EndBytes);
        return _walker;
    }

    private SequencedBatch Part(DamageWalker walker, GlobalSeq watermark)
    {
        var frame = walker.Frame;
        if (frame.First >= _next)
        {
            return new SequencedBatch(frame.Epoch, frame.First, frame.Count, watermark, walker.Payload);
        }

        var page = new PageBuilder(_next, watermark, walker.Payload.Length);
        page.Add(frame, walker.Payload.Span);
        return new SequencedBatch(frame.Epoch, _next, page.Count, watermark, page.Records);
    }

    private void ThrowIfDamaged()
    {
        if (_damage is not null)
        {
            if (!_damage.IsLostEnd)
            {
                _damaged?.Invoke(_damage);
            }

            throw new LogCorruptException(_damage);
        }
    }

    private GlobalSeq EndOfSegment(GlobalSeq watermark)
    {
        var segments = _state.Segments;
        int index = SegmentLookup.IndexOf(segments, _next);
        return index + 1 < segments.Count ? segments[index + 1].First : watermark.Next;
    }

    private LogDamage Missing(FramePosition at) => new(_segment!.Path, at.Offset, $"the frame of seq {at.Next}", "the end of the segment");
}
