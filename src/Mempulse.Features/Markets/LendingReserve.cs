using Mempulse.Features.Liquidations.Aave;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>A reserve of a lending market.</summary>
/// <param name="Tokens">Its contracts.</param>
/// <param name="Feed">The contract whose answer is its price; the zero address if the price is made of several, or bounded.</param>
/// <param name="State">Its indexes, rates, terms and price.</param>
public sealed record LendingReserve(ReserveTokens Tokens, Address Feed, AaveReserve State);
