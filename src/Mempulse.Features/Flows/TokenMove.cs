using Mempulse.Primitives;

namespace Mempulse.Features.Flows;

/// <summary>A token went from one account to another.</summary>
/// <param name="Token">The token; the zero account for ether.</param>
/// <param name="From">The giver; the zero account if the token was created.</param>
/// <param name="To">The receiver; the zero account if the token was destroyed.</param>
/// <param name="Amount">In the token's smallest unit.</param>
public readonly record struct TokenMove(Address Token, Address From, Address To, UInt256 Amount);
