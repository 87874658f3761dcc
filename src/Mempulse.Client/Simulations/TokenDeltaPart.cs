namespace Mempulse.Client.Simulations;

/// <summary>The change of an account's balance of a token.</summary>
/// <param name="Token">The token's contract.</param>
/// <param name="Amount">In its smallest unit, with a minus sign for a loss.</param>
public sealed record TokenDeltaPart(string Token, string Amount);
