using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>An account at one point of a transaction.</summary>
/// <param name="Balance">Balance in wei.</param>
/// <param name="Nonce">Nonce.</param>
/// <param name="Code">Code.</param>
public sealed record AccountSnapshot(UInt256 Balance, ulong Nonce, ContractCode Code)
{
    /// <summary>True for an empty account (EIP-161).</summary>
    public bool IsEmpty => Balance.IsZero && Nonce == 0 && Code.Length == 0;
}
