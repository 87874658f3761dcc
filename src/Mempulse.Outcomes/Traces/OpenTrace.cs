using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Traces;

/// <summary>An opportunity whose trace is not complete.</summary>
/// <param name="record">The record of its detection.</param>
/// <param name="detected">The detection.</param>
/// <param name="opened">The record with which the trace begins: the detection, or a later one after the trace was complete.</param>
internal sealed class OpenTrace(LoggedEvent record, LogEvent.OppDetected detected, GlobalSeq opened)
{
    /// <summary>A day: far longer than a transaction waits and an opportunity lives.</summary>
    private const long MaxNanoseconds = 86_400_000_000_000;

    private readonly List<TraceSpan> _spans = [];
    private readonly List<Hash256> _bundles = [];
    private UnixNanoseconds _latest = record.At;

    /// <summary>The opportunity.</summary>
    public Hash256 Opp => detected.Opp;

    /// <summary>The position of its detection.</summary>
    public GlobalSeq DetectedAt => record.Seq;

    /// <summary>The position of the record with which the trace begins.</summary>
    public GlobalSeq OpenedAt => opened;

    /// <summary>Since when it can be simulated.</summary>
    public UnixNanoseconds Ready { get; set; } = record.At;

    /// <summary>The last block that its records are about.</summary>
    public ulong LastBlock { get; private set; } = detected.BaseNumber.Value;

    /// <summary>Its bundles.</summary>
    public IReadOnlyList<Hash256> Bundles => _bundles;

    /// <summary>Its spans so far, in the order in which they ended.</summary>
    public IReadOnlyList<TraceSpan> Spans => _spans;

    /// <summary>A record of it is about a block.</summary>
    public void IsAbout(BlockNumber block) => LastBlock = Math.Max(LastBlock, block.Value);

    /// <summary>A bundle is for it.</summary>
    public void Has(Hash256 bundle)
    {
        if (!_bundles.Contains(bundle))
        {
            _bundles.Add(bundle);
        }
    }

    /// <summary>Adds a span, on the trace's clock.</summary>
    /// <returns>The span; null if there are too many.</returns>
    public TraceSpan? TryAdd(TraceSpan span, int maxSpans)
    {
        if (_spans.Count >= maxSpans)
        {
            return null;
        }

        var end = OnClock(span.End);
        var start = OnClock(span.Start);
        var added = span with { Start = start < end ? start : end, End = end };
        _latest = end > _latest ? end : _latest;
        _spans.Add(added);
        return added;
    }

    /// <summary>A time, or the latest one of the trace if it is of another clock: records of a capture have its recorded times, and what is read from a node beside it has today's.</summary>
    private UnixNanoseconds OnClock(UnixNanoseconds at) => Int128.Abs((Int128)at.Value - record.At.Value) <= MaxNanoseconds ? at : _latest;
}
