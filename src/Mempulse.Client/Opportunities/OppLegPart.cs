namespace Mempulse.Client.Opportunities;

/// <summary>One exchange.</summary>
/// <param name="Pool">The contract: a pool, or the market that is liquidated.</param>
/// <param name="PoolId">Which pool of the contract, or the borrower as a word; null for a contract that is one pool.</param>
/// <param name="Protocol">The protocol of the pool; null while the book does not hold it.</param>
/// <param name="TokenIn">The token that is given.</param>
/// <param name="TokenOut">The token that is received.</param>
/// <param name="AmountIn">How much is given.</param>
/// <param name="AmountOut">How much is received.</param>
public sealed record OppLegPart(string Pool, string? PoolId, string? Protocol, string TokenIn, string TokenOut, string AmountIn, string AmountOut);
