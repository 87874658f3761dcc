using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>A block whose events were applied.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Time">Its time in Unix seconds.</param>
/// <param name="Moves">What its events say, in order.</param>
internal sealed record MovedBlock(BlockNumber Number, ulong Time, IReadOnlyList<MarketMove> Moves);
