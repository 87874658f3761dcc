using Mempulse.Primitives;

namespace Mempulse.Evm.Transactions;

/// <summary>An authorisation tuple (EIP-7702); an invalid one is skipped but still charged.</summary>
/// <param name="ChainId">The chain for which it is valid; 0 for every chain.</param>
/// <param name="Delegate">The account whose code is to run; the zero address clears the delegation.</param>
/// <param name="Nonce">The required nonce of the authority.</param>
/// <param name="Authority">The recovered signer; null when recovery failed.</param>
public sealed record SetCodeTuple(UInt256 ChainId, Address Delegate, ulong Nonce, Address? Authority);
