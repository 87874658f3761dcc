namespace Mempulse.Primitives.Events;

/// <summary>An EIP-7702 authorisation tuple whose signer was recovered.</summary>
/// <param name="ChainId">The chain it holds on; 0 for every chain.</param>
/// <param name="Authority">The signer, whose account is to run the delegate's code and whose nonce moves.</param>
/// <param name="Delegate">The account whose code is to run.</param>
/// <param name="Nonce">The nonce the authority must have for the tuple to take effect.</param>
public readonly record struct Authorization(ChainId ChainId, Address Authority, Address Delegate, Nonce Nonce);
