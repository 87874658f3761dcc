using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>Mining rewards. Yellow Paper, section 11.3; reduced by EIP-649 and EIP-1234, removed by EIP-3675.</summary>
public static class FrontierReward
{
    /// <summary>Block reward in wei.</summary>
    public static UInt256 Block => 5_000_000_000_000_000_000UL;

    /// <summary>The block's miner receives an additional 1/32 of the block reward per included ommer.</summary>
    public const ulong NephewDivisor = 32;

    /// <summary>The ommer's miner receives (8 + ommer number - block number) / 8 of the block reward.</summary>
    public const ulong OmmerParts = 8;

    /// <summary>Maximum difference between the numbers of block and ommer. Yellow Paper, section 11.1.</summary>
    public const ulong MaxOmmerDistance = 6;
}
