using Mempulse.Primitives;

namespace Mempulse.Canon.Segments;

/// <summary>A frame boundary: the place between two frames.</summary>
/// <param name="Next">Position of the first record after it.</param>
/// <param name="Offset">Byte offset in the segment file.</param>
/// <param name="PreviousCrc">CRC of the frame before it, or of the segment header.</param>
internal readonly record struct FramePosition(GlobalSeq Next, long Offset, uint PreviousCrc);
