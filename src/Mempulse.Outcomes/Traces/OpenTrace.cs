using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Traces;

/// <summary>An opportunity whose trace is not complete.</summary>
internal sealed class OpenTrace(LoggedEvent record, LogEvent.OppDetected detected)
{
    private readonly List<TraceSpan> _spans = [];
    private readonly List<Hash256> _bundles = [];

    /// <summary>The opportunity.</summary>
    public Hash256 Opp => detected.Opp;

    /// <summary>The position of its detection.</summary>
    public GlobalSeq DetectedAt => record.Seq;

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

    /// <summary>Adds a span.</summary>
    /// <returns>False if it has too many.</returns>
    public bool TryAdd(TraceSpan span, int maxSpans)
    {
        if (_spans.Count >= maxSpans)
        {
            return false;
        }

        _spans.Add(span);
        return true;
    }
}
