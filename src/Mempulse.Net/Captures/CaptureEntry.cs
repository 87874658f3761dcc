using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Captures;

/// <summary>One entry of a capture.</summary>
/// <remarks>Its content is valid until the reader steps on: each frame is read into the memory of the one before.</remarks>
/// <param name="Kind">What it holds.</param>
/// <param name="OffsetNanoseconds">Nanoseconds after the capture's start; never falls from one entry to the next.</param>
/// <param name="SourceIndex">The source in the header's list, or <see cref="NoSource"/>.</param>
/// <param name="Via">How the source showed the transaction; for sightings and bodies.</param>
/// <param name="Content">The hash; the hash and the raw transaction; or an encoded record without length and CRC.</param>
public readonly record struct CaptureEntry(
    CaptureEntryKind Kind,
    long OffsetNanoseconds,
    int SourceIndex,
    SightingVia Via,
    ReadOnlyMemory<byte> Content)
{
    /// <summary>The index of an entry that no source stands for.</summary>
    public const int NoSource = ushort.MaxValue;

    /// <summary>The transaction of a sighting; of a body, the one that was asked for, or the zero hash.</summary>
    public Hash256 Hash => new(Content.Span[..Hash256.Size]);

    /// <summary>The bytes of a body.</summary>
    public ReadOnlyMemory<byte> Raw => Content[Hash256.Size..];

    /// <summary>The record of a fact; its sequence number and lane are not yet given.</summary>
    public RecordView Record => new(GlobalSeq.None, Content.Span);
}
