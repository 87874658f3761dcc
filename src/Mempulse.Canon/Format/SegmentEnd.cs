namespace Mempulse.Canon.Format;

/// <summary>Where a segment ends, as its successor's header records it; binding for every reader.</summary>
/// <param name="Name">The segment.</param>
/// <param name="SealedBytes">Byte offset after its last frame.</param>
/// <param name="LastCrc">CRC of its last frame, or of its header if it has no frame.</param>
internal sealed record SegmentEnd(SegmentName Name, long SealedBytes, uint LastCrc);
