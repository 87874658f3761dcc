using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>An account as the state trie has it.</summary>
/// <param name="Balance">In wei.</param>
/// <param name="Nonce">Transactions sent, or contracts made.</param>
/// <param name="CodeHash">Keccak-256 of the code; that of nothing for an account without code.</param>
/// <param name="HasStorage">True when its storage trie is not empty: such an account cannot be created over (EIP-7610).</param>
public readonly record struct AccountRecord(UInt256 Balance, ulong Nonce, Hash256 CodeHash, bool HasStorage);
