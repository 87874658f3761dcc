using Mempulse.Primitives;

namespace Mempulse.Evm.Transactions;

/// <summary>An authorisation of EIP-7702, valid or not: an invalid one is skipped, and paid for.</summary>
/// <param name="ChainId">The chain it holds on; 0 for every chain.</param>
/// <param name="Delegate">The account whose code is to run; zero to end a delegation.</param>
/// <param name="Nonce">The nonce the authority must have.</param>
/// <param name="Authority">The signer; null when no account could be recovered.</param>
public sealed record SetCodeTuple(UInt256 ChainId, Address Delegate, ulong Nonce, Address? Authority);
