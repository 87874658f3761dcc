using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>An account as a state reader returns it.</summary>
/// <param name="Balance">Balance in wei.</param>
/// <param name="Nonce">Number of transactions sent, or of contracts created.</param>
/// <param name="CodeHash">Keccak-256 of the code; that of the empty string for an account without code.</param>
/// <param name="HasStorage">True when the storage trie is not empty; a creation at such an address fails (EIP-7610).</param>
public readonly record struct AccountRecord(UInt256 Balance, ulong Nonce, Hash256 CodeHash, bool HasStorage);
