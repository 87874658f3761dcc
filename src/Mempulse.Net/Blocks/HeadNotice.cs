using Mempulse.Primitives;

namespace Mempulse.Net.Blocks;

/// <summary>A head that a source reported.</summary>
/// <param name="Source">Index of the source.</param>
/// <param name="Hash">The hash of the head, unverified until the block is fetched.</param>
/// <param name="Number">Its height as reported.</param>
/// <param name="IsPolled">True for a poll, false for the subscription.</param>
internal readonly record struct HeadNotice(int Source, Hash256 Hash, BlockNumber Number, bool IsPolled);
