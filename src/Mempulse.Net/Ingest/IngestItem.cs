using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Ingest;

/// <summary>One thing observed by a lane, with the time and place of its observation.</summary>
/// <remarks><see cref="Raw"/> is borrowed: the queue copies it before the post returns.</remarks>
public readonly record struct IngestItem
{
    private IngestItem(IngestItemKind kind, SourceId source, UnixNanoseconds timestamp)
    {
        Kind = kind;
        Source = source;
        Timestamp = timestamp;
    }

    /// <summary>Which of the three it is.</summary>
    public IngestItemKind Kind { get; }

    /// <summary>Where it was observed, or <c>default</c>.</summary>
    public SourceId Source { get; }

    /// <summary>When it was observed.</summary>
    public UnixNanoseconds Timestamp { get; }

    /// <summary>The hash seen; of a body, the one that was asked for, or the zero hash when there was none.</summary>
    public Hash256 Hash { get; private init; }

    /// <summary>How it was shown; of a body, <see cref="SightingVia.Unknown"/> when the body itself is no sighting.</summary>
    public SightingVia Via { get; private init; }

    /// <summary>The bytes of a body.</summary>
    public ReadOnlyMemory<byte> Raw { get; private init; }

    /// <summary>The fact of <see cref="IngestItemKind.Fact"/>, else null.</summary>
    public LaneFact? Fact { get; private init; }

    /// <summary>A source showed a hash.</summary>
    public static IngestItem Sighting(Hash256 hash, SightingVia via, SourceId source, UnixNanoseconds timestamp) =>
        new(IngestItemKind.Sighting, source, timestamp) { Hash = hash, Via = via };

    /// <summary>A body that was asked for by its hash; it adds no sighting.</summary>
    public static IngestItem FetchedBody(ReadOnlyMemory<byte> raw, Hash256 expected, SourceId source, UnixNanoseconds timestamp) =>
        new(IngestItemKind.Body, source, timestamp) { Raw = raw, Hash = expected };

    /// <summary>A body that a source showed unasked: it is a sighting too, recorded before the body. The zero hash as <paramref name="expected"/> means any.</summary>
    public static IngestItem ShownBody(ReadOnlyMemory<byte> raw, Hash256 expected, SightingVia via, SourceId source, UnixNanoseconds timestamp) =>
        new(IngestItemKind.Body, source, timestamp) { Raw = raw, Hash = expected, Via = via };

    /// <summary>A fact that is recorded as it is. Sightings and bodies are not: the pipeline makes their events.</summary>
    public static IngestItem Ready(LaneFact fact, SourceId source, UnixNanoseconds timestamp) =>
        new(IngestItemKind.Fact, source, timestamp) { Fact = fact };

    /// <summary>The same item over other memory.</summary>
    internal IngestItem Over(ReadOnlyMemory<byte> raw) => this with { Raw = raw };
}
