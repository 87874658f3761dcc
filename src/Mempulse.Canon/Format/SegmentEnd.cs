namespace Mempulse.Canon.Format;

/// <summary>Where a segment ends: what its successor's header says is the truth for every reader.</summary>
/// <param name="Name">The segment.</param>
/// <param name="SealedBytes">Offset after its last frame.</param>
/// <param name="LastCrc">CRC of its last frame, or of its header if it has no frame.</param>
internal sealed record SegmentEnd(SegmentName Name, long SealedBytes, uint LastCrc);
