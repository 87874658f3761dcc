using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Captures;

/// <summary>One entry of a capture.</summary>
/// <remarks>Its content is valid until the reader reads the next entry: each frame reuses the memory of the previous one.</remarks>
/// <param name="Kind">Its kind.</param>
/// <param name="OffsetNanoseconds">Nanoseconds since the capture's start; never decreases from entry to entry.</param>
/// <param name="SourceIndex">Index of the source in the header, or <see cref="NoSource"/>.</param>
/// <param name="Via">How the source announced the transaction; for sightings and bodies.</param>
/// <param name="Content">The hash; the hash and the raw transaction; or an encoded record without length and CRC.</param>
public readonly record struct CaptureEntry(
    CaptureEntryKind Kind,
    long OffsetNanoseconds,
    int SourceIndex,
    SightingVia Via,
    ReadOnlyMemory<byte> Content)
{
    /// <summary>The index of an entry without a source.</summary>
    public const int NoSource = ushort.MaxValue;

    /// <summary>The hash of a sighting; for a body, the requested hash or the zero hash.</summary>
    public Hash256 Hash => new(Content.Span[..Hash256.Size]);

    /// <summary>Returns the bytes of a body.</summary>
    public ReadOnlyMemory<byte> Raw => Content[Hash256.Size..];

    /// <summary>The record of a fact, without sequence number and lane.</summary>
    public RecordView Record => new(GlobalSeq.None, Content.Span);
}
