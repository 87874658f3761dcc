using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>An account as a run leaves it.</summary>
/// <param name="Address">Which one.</param>
/// <param name="Exists">False when it is not in the state (any more).</param>
/// <param name="Balance">In wei.</param>
/// <param name="Nonce">Its nonce.</param>
/// <param name="CodeHash">Keccak-256 of its code.</param>
/// <param name="Code">The code, when the run had it in hands.</param>
/// <param name="KeepsStorage">True when slots that are not listed have the value they had before; false when they are zero.</param>
/// <param name="Slots">The slots the run has seen, by rising key.</param>
public sealed record AccountImage(
    Address Address,
    bool Exists,
    UInt256 Balance,
    ulong Nonce,
    Hash256 CodeHash,
    ContractCode? Code,
    bool KeepsStorage,
    IReadOnlyList<KeyValuePair<UInt256, UInt256>> Slots);
