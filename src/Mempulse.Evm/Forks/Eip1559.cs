using Mempulse.Primitives;

namespace Mempulse.Evm.Forks;

/// <summary>Fee market change, London. <see href="https://eips.ethereum.org/EIPS/eip-1559"/></summary>
public static class Eip1559
{
    /// <summary>ELASTICITY_MULTIPLIER: ratio of gas limit to gas target, and the factor by which the first London block raises the gas limit.</summary>
    public const ulong ElasticityMultiplier = 2;

    /// <summary>BASE_FEE_MAX_CHANGE_DENOMINATOR.</summary>
    public const ulong MaxChangeDenominator = 8;

    /// <summary>INITIAL_BASE_FEE, in wei.</summary>
    public static UInt256 InitialBaseFee => 1_000_000_000UL;
}
