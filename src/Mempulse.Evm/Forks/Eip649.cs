using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>Difficulty bomb delay and block reward reduction, Byzantium. <see href="https://eips.ethereum.org/EIPS/eip-649"/></summary>
public static class Eip649
{
    /// <summary>Block reward in wei.</summary>
    public static UInt256 BlockReward => 3_000_000_000_000_000_000UL;
}
