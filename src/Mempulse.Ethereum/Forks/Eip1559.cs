using Mempulse.Primitives;

namespace Mempulse.Ethereum.Forks;

/// <summary>Fee market change, London. <see href="https://eips.ethereum.org/EIPS/eip-1559"/></summary>
public static class Eip1559
{
    /// <summary>ELASTICITY_MULTIPLIER: ratio of gas limit to gas target, and the factor by which the first London block raises the gas limit.</summary>
    public const ulong ElasticityMultiplier = 2;

    /// <summary>BASE_FEE_MAX_CHANGE_DENOMINATOR.</summary>
    public const ulong MaxChangeDenominator = 8;

    /// <summary>INITIAL_BASE_FEE, in wei.</summary>
    public static UInt256 InitialBaseFee => 1_000_000_000UL;

    /// <summary>The base fee of the block after one with a base fee, in wei per gas; zero for a block without a gas limit.</summary>
    /// <param name="baseFee">The base fee of the block.</param>
    /// <param name="gasUsed">The gas that it used.</param>
    /// <param name="gasLimit">Its gas limit.</param>
    public static UInt256 NextBaseFee(in UInt256 baseFee, ulong gasUsed, ulong gasLimit)
    {
        ulong target = gasLimit / ElasticityMultiplier;
        if (target == 0)
        {
            return default;
        }

        var change = Share(baseFee, gasUsed > target ? gasUsed - target : target - gasUsed, target);
        return gasUsed > target ? UInt256.Add(baseFee, change < UInt256.One ? UInt256.One : change, out _) : baseFee - change;
    }

    private static UInt256 Share(in UInt256 fee, ulong difference, ulong target)
    {
        UInt256.MultiplyWrapping(fee, difference, out var product); // cannot wrap for a realistic base fee, which is far below 2^192 wei
        UInt256.Divide(product, target, out var part);
        UInt256.Divide(part, MaxChangeDenominator, out var change);
        return change;
    }
}
