using Mempulse.Primitives;

namespace Mempulse.Net.Blocks;

/// <summary>A source told its head.</summary>
/// <param name="Source">Index of the source.</param>
/// <param name="Hash">The head it told; proved only when the block is fetched.</param>
/// <param name="Number">Its height as told.</param>
/// <param name="IsPolled">True when we asked; false when the subscription told it.</param>
internal readonly record struct HeadNotice(int Source, Hash256 Hash, BlockNumber Number, bool IsPolled);
