using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>What mining earns. Yellow Paper, section 11.3; reduced by EIP-649 and EIP-1234, gone since EIP-3675.</summary>
public static class FrontierReward
{
    /// <summary>Wei a miner gets for a block.</summary>
    public static UInt256 Block => 5_000_000_000_000_000_000UL;

    /// <summary>For each uncle, the miner of the block that names it gets one part in this many of a block's reward on top.</summary>
    public const ulong NephewDivisor = 32;

    /// <summary>The miner of an uncle gets one part in this many of a block's reward, times this many less the blocks between the two.</summary>
    public const ulong OmmerParts = 8;

    /// <summary>An uncle is at most this many blocks older. Yellow Paper, section 11.1.</summary>
    public const ulong MaxOmmerDistance = 6;
}
