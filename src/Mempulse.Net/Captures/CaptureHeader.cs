using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Captures;

/// <summary>What a capture says of itself before its first entry.</summary>
public sealed record CaptureHeader
{
    /// <summary>Most sources a capture can have: an entry names its source by a byte pair, whose highest value means none.</summary>
    public const int MaxSources = ushort.MaxValue - 1;

    /// <summary>As it was recorded.</summary>
    public const uint DefaultPacePercent = 100;

    /// <summary>The chain it was taken from.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Its name, one short line.</summary>
    public required string Title { get; init; }

    /// <summary>True when anything in it was made rather than measured; <see cref="Label"/> says what.</summary>
    public required bool IsSynthetic { get; init; }

    /// <summary>What is measured and what is made, in a sentence; shown wherever its data is shown.</summary>
    public required string Label { get; init; }

    /// <summary>Where the data came from and under which licence.</summary>
    public required string Provenance { get; init; }

    /// <summary>Seed of what was made; 0 when nothing was.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The instant that entries' offsets count from.</summary>
    public required UnixNanoseconds Start { get; init; }

    /// <summary>The sources, by the index that entries use.</summary>
    public required IReadOnlyList<CaptureSource> Sources { get; init; }

    /// <summary>The pace that suits somebody who watches, in percent of the recorded one.</summary>
    public uint SuggestedPacePercent { get; init; } = DefaultPacePercent;

    /// <summary>Parameters of the fold that suit a capture of this length.</summary>
    public required FoldParameters SuggestedParameters { get; init; }
}
