using Mempulse.Primitives;

namespace Mempulse.Outcomes.Traces;

/// <summary>One step in the life of an opportunity, as records of the log state it. The same records give the same span.</summary>
public sealed record TraceSpan
{
    /// <summary>The opportunity; its first 16 bytes are the trace id.</summary>
    public required Hash256 Opportunity { get; init; }

    /// <summary>The position of the record that makes the span; it is the span id.</summary>
    public required GlobalSeq Id { get; init; }

    /// <summary>The span that this one follows from; none for the first.</summary>
    public required GlobalSeq Parent { get; init; }

    /// <summary>The step: one of <see cref="SpanName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>When the step began.</summary>
    public required UnixNanoseconds Start { get; init; }

    /// <summary>When it ended; not before <see cref="Start"/>.</summary>
    public required UnixNanoseconds End { get; init; }

    /// <summary>What the records say, in a fixed order.</summary>
    public required IReadOnlyList<SpanField> Attributes { get; init; }

    /// <summary>Spans of other traces that stand for the same step.</summary>
    public IReadOnlyList<SpanLink> Links { get; init; } = [];

    /// <summary>Why the step failed, in a few words; empty if it did not.</summary>
    public string Problem { get; init; } = string.Empty;

    /// <summary>True for a request to another party.</summary>
    public bool IsRequest => Name == SpanName.Attempt;
}
