using Mempulse.Primitives;

namespace Mempulse.Features.Reasons;

/// <summary>What the transactions of a block bid, as far as their bodies are known.</summary>
/// <param name="Block">The block.</param>
/// <param name="Number">Its height.</param>
/// <param name="Size">Number of its transactions.</param>
/// <param name="Bids">The bids of those whose bodies are known, in block order.</param>
public sealed record BlockBids(Hash256 Block, BlockNumber Number, int Size, IReadOnlyList<IncludedBid> Bids);
