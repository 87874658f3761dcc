using Mempulse.Primitives;

namespace Mempulse.Outcomes.Traces;

/// <summary>Which opportunities are traced, and for how long.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="DepthBlocks">Blocks after the last record of an opportunity beyond which its trace is complete.</param>
public sealed record TraceScope(ChainId Chain, ulong DepthBlocks)
{
    /// <summary>Default of <see cref="MaxTraces"/>.</summary>
    public const int DefaultMaxTraces = 4_096;

    /// <summary>Default of <see cref="MaxSpans"/>.</summary>
    public const int DefaultMaxSpans = 512;

    /// <summary>The only opportunity that is traced; null for all that are handed on to simulation.</summary>
    public Hash256? Only { get; init; }

    /// <summary>Traces that are open at a time; what is about another opportunity is left out.</summary>
    public int MaxTraces { get; init; } = DefaultMaxTraces;

    /// <summary>Spans of one trace; further ones are left out.</summary>
    public int MaxSpans { get; init; } = DefaultMaxSpans;
}
