using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>An account after a run.</summary>
/// <param name="Address">The address.</param>
/// <param name="Exists">False when the account is not in the state.</param>
/// <param name="Balance">Balance in wei.</param>
/// <param name="Nonce">Nonce.</param>
/// <param name="CodeHash">Keccak-256 of the code.</param>
/// <param name="Code">The code; null when the run did not read it.</param>
/// <param name="KeepsStorage">True when unlisted slots keep their value from before the run; false when they are zero.</param>
/// <param name="Slots">The accessed slots, by ascending key.</param>
public sealed record AccountImage(
    Address Address,
    bool Exists,
    UInt256 Balance,
    ulong Nonce,
    Hash256 CodeHash,
    ContractCode? Code,
    bool KeepsStorage,
    IReadOnlyList<KeyValuePair<UInt256, UInt256>> Slots);
