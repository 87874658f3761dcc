using Mempulse.Primitives;

namespace Mempulse.Api.Streaming;

/// <summary>What a reader asks of the stream.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Filter">Which events it wants.</param>
/// <param name="Hello">The first item, whose position it begins after.</param>
internal sealed record StreamRequest(ChainId Chain, StreamFilter Filter, StreamItem Hello)
{
    /// <summary>Who reads: the name of its key, or that it has none.</summary>
    public string Reader { get; init; } = "without a key";

    /// <summary>The position at which the stream ends; null for a stream that goes on.</summary>
    public GlobalSeq? End { get; init; }

    /// <summary>Events after which the stream ends.</summary>
    public long Limit { get; init; } = long.MaxValue;

    /// <summary>The same, of the holder of a key; null for none.</summary>
    public StreamRequest By(string? key) => key is null ? this : this with { Reader = key };
}
