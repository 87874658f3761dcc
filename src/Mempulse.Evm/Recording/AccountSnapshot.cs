using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>An account at one moment.</summary>
/// <param name="Balance">In wei.</param>
/// <param name="Nonce">Its nonce.</param>
/// <param name="Code">Its code.</param>
public sealed record AccountSnapshot(UInt256 Balance, ulong Nonce, ContractCode Code)
{
    /// <summary>EIP-161: nothing that would be missed.</summary>
    public bool IsEmpty => Balance.IsZero && Nonce == 0 && Code.Length == 0;
}
