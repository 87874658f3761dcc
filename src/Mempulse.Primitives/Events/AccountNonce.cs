namespace Mempulse.Primitives.Events;

/// <summary>An account's next nonce, as a node told it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Next">The nonce of its next transaction.</param>
public readonly record struct AccountNonce(Address Account, Nonce Next);
