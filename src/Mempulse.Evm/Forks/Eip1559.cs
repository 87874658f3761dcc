using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>Fee market change, London. <see href="https://eips.ethereum.org/EIPS/eip-1559"/></summary>
public static class Eip1559
{
    /// <summary>ELASTICITY_MULTIPLIER: the gas limit over the target, and what the first block's gas limit grows by.</summary>
    public const ulong ElasticityMultiplier = 2;

    /// <summary>BASE_FEE_MAX_CHANGE_DENOMINATOR.</summary>
    public const ulong MaxChangeDenominator = 8;

    /// <summary>INITIAL_BASE_FEE, in wei.</summary>
    public static UInt256 InitialBaseFee => 1_000_000_000UL;
}
