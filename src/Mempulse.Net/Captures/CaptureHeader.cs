using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Captures;

/// <summary>The header of a capture.</summary>
public sealed record CaptureHeader
{
    /// <summary>The pace as recorded.</summary>
    public const uint DefaultPacePercent = 100;

    /// <summary>The chain it was recorded from.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Its title, one short line.</summary>
    public required string Title { get; init; }

    /// <summary>True if any of it is synthetic rather than measured; <see cref="Label"/> states what.</summary>
    public required bool IsSynthetic { get; init; }

    /// <summary>What is measured and what is synthetic, as a sentence. Displayed with the data.</summary>
    public required string Label { get; init; }

    /// <summary>The origin and licence of the data.</summary>
    public required string Provenance { get; init; }

    /// <summary>Seed of the synthetic part; 0 if nothing is synthetic.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The time that the offsets of entries refer to.</summary>
    public required UnixNanoseconds Start { get; init; }

    /// <summary>The sources, by the index that entries use.</summary>
    public required IReadOnlyList<CaptureSource> Sources { get; init; }

    /// <summary>The pace that suits a viewer, in percent of the recorded pace.</summary>
    public uint SuggestedPacePercent { get; init; } = DefaultPacePercent;

    /// <summary>Parameters of the fold that suit a capture of this length.</summary>
    public required FoldParameters SuggestedParameters { get; init; }
}
