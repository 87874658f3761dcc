using Mempulse.Canon.Format;
using Mempulse.Canon.Reading;
using Mempulse.Outcomes.Traces;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Tracing.Reading;

namespace Mempulse.Tracing.Exporting;

/// <summary>Reads a log page by page and says which spans to export. Confined to one thread at a time.</summary>
internal sealed class TraceFollower
{
    /// <summary>Spans of one request at most; a whole trace is one request, so that a collector has it within a moment.</summary>
    private const int MaxSpans = 512;

    private const int PageBytes = 256 << 10;

    private readonly ILogReader _log;
    private readonly TraceForm _form;
    private readonly TraceFold _fold;
    private GlobalSeq _next;
    private GlobalSeq _live;

    /// <summary>Follows a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="scope">Which opportunities are traced.</param>
    /// <param name="form">When spans are exported.</param>
    /// <param name="standing">Where the export stands; null to begin at the end of the log.</param>
    public TraceFollower(ILogReader log, TraceScope scope, TraceForm form, TraceStanding? standing)
    {
        _log = log;
        _form = form;
        _fold = new TraceFold(scope, new LogTraceSources(log));
        var end = log.Watermark.Next;
        _live = standing is { } known && known.Next <= end ? known.Next : end;
        _next = standing is { } begun && begun.Oldest <= _live ? begun.Oldest : _live;
        _next = _next == GlobalSeq.None ? _next.Next : _next;
    }

    /// <summary>Durable records whose spans are not exported.</summary>
    public ulong Lag => _log.Watermark.Next is var end && end > _live ? end.Value - _live.Value : 0;

    /// <summary>Traces that are not complete.</summary>
    public int Open => _fold.Open;

    /// <summary>Spans that a bound left out.</summary>
    public long LeftOut => _fold.LeftOut;

    /// <summary>Where the export stands if everything that was read is exported.</summary>
    public TraceStanding Standing => new(_live, _fold.Oldest is { } oldest && oldest < _live ? oldest : _live);

    /// <summary>Reads the next page; null at the end of the log.</summary>
    public ReadTraces? Read()
    {
        ulong passed = 0;
        try
        {
            if (_log.Read(_next, PageBytes) is not { } page)
            {
                return null;
            }

            var exports = Apply(page, ref passed);
            MoveTo(page.Last.Next);
            return new ReadTraces(exports, Standing, passed);
        }
        catch (LogTruncatedException)
        {
            passed = Pass(_log.Oldest);
        }
        catch (LogCorruptException corrupt) when (corrupt.Damage is { } damage && damage.Last >= _next)
        {
            passed = Pass(damage.Last.Next);
        }

        return new ReadTraces([], Standing, passed);
    }

    private List<IReadOnlyList<TraceSpan>> Apply(SequencedBatch page, ref ulong passed)
    {
        var exports = new List<IReadOnlyList<TraceSpan>>();
        var live = new List<TraceSpan>();
        foreach (var record in page)
        {
            if (!TraceFold.IsWanted(record.Kind))
            {
                continue;
            }

            if (RecordReading.Decode(record) is not { } known)
            {
                passed++;
                continue;
            }

            var ended = _fold.Apply(known);
            var complete = _fold.TakeComplete();
            if (record.Seq < _live)
            {
                continue; // exported before; the fold has to know it
            }

            if (_form != TraceForm.Whole)
            {
                live.AddRange(ended);
            }

            if (_form != TraceForm.Live && complete.Count > 0)
            {
                exports.AddRange(live.Chunk(MaxSpans));
                live.Clear();
                exports.AddRange(complete);
            }
        }

        exports.AddRange(live.Chunk(MaxSpans));
        return exports;
    }

    /// <returns>How many records were passed that had not been exported.</returns>
    private ulong Pass(GlobalSeq to)
    {
        ulong passed = to > _live ? to.Value - Math.Max(_live.Value, _next.Value) : 0;
        MoveTo(to);
        return passed;
    }

    private void MoveTo(GlobalSeq next)
    {
        _next = next;
        _live = next > _live ? next : _live;
    }
}
