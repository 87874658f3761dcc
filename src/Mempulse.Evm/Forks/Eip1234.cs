using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>Difficulty bomb delay and block reward adjustment, Constantinople. <see href="https://eips.ethereum.org/EIPS/eip-1234"/></summary>
public static class Eip1234
{
    /// <summary>Block reward in wei.</summary>
    public static UInt256 BlockReward => 2_000_000_000_000_000_000UL;
}
