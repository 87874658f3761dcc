using Mempulse.Features.Liquidations.Aave;

namespace Mempulse.Features.Markets;

/// <summary>A reserve with its contracts.</summary>
/// <param name="Tokens">The contracts.</param>
/// <param name="Reserve">The reserve.</param>
internal sealed record ReserveState(ReserveTokens Tokens, AaveReserve Reserve);
