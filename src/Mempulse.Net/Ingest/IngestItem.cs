using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Ingest;

/// <summary>One observation of a lane, with its time and source.</summary>
/// <remarks><see cref="Raw"/> is borrowed; the queue copies it before the post returns.</remarks>
public readonly record struct IngestItem
{
    private IngestItem(IngestItemKind kind, SourceId source, UnixNanoseconds timestamp)
    {
        Kind = kind;
        Source = source;
        Timestamp = timestamp;
    }

    /// <summary>The kind of item.</summary>
    public IngestItemKind Kind { get; }

    /// <summary>The source, or <c>default</c>.</summary>
    public SourceId Source { get; }

    /// <summary>The time of the observation.</summary>
    public UnixNanoseconds Timestamp { get; }

    /// <summary>The hash that was announced. For a body, the requested hash, or the zero hash if none was requested.</summary>
    public Hash256 Hash { get; private init; }

    /// <summary>How the hash was announced. For a body, <see cref="SightingVia.Unknown"/> if the body is not a sighting.</summary>
    public SightingVia Via { get; private init; }

    /// <summary>Returns the bytes of a body.</summary>
    public ReadOnlyMemory<byte> Raw { get; private init; }

    /// <summary>The fact of a <see cref="IngestItemKind.Fact"/> item; otherwise null.</summary>
    public LaneFact? Fact { get; private init; }

    /// <summary>Size in bytes of a fact that the queue counts by its size; 0 for any other item.</summary>
    public int FactBytes { get; private init; }

    /// <summary>A source announced a hash.</summary>
    public static IngestItem Sighting(Hash256 hash, SightingVia via, SourceId source, UnixNanoseconds timestamp) =>
        new(IngestItemKind.Sighting, source, timestamp) { Hash = hash, Via = via };

    /// <summary>A body that was requested by its hash. It adds no sighting.</summary>
    public static IngestItem FetchedBody(ReadOnlyMemory<byte> raw, Hash256 expected, SourceId source, UnixNanoseconds timestamp) =>
        new(IngestItemKind.Body, source, timestamp) { Raw = raw, Hash = expected };

    /// <summary>A body that a source sent without a request. It is also a sighting, which is recorded before the body. The zero hash as <paramref name="expected"/> means any hash.</summary>
    public static IngestItem PushedBody(ReadOnlyMemory<byte> raw, Hash256 expected, SightingVia via, SourceId source, UnixNanoseconds timestamp) =>
        new(IngestItemKind.Body, source, timestamp) { Raw = raw, Hash = expected, Via = via };

    /// <summary>A fact that is recorded as it is. Sightings and bodies are not facts: the pipeline creates their events.</summary>
    public static IngestItem Ready(LaneFact fact, SourceId source, UnixNanoseconds timestamp) =>
        new(IngestItemKind.Fact, source, timestamp) { Fact = fact };

    /// <summary>The same for a fact that is large: how many of them wait is bounded by their bytes too.</summary>
    public static IngestItem LargeFact(LaneFact fact, int sizeBytes, SourceId source, UnixNanoseconds timestamp) =>
        new(IngestItemKind.Fact, source, timestamp) { Fact = fact, FactBytes = sizeBytes };

    /// <summary>Returns the same item over other memory.</summary>
    internal IngestItem Over(ReadOnlyMemory<byte> raw) => this with { Raw = raw };
}
