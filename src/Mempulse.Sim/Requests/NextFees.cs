using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Sim.Requests;

/// <summary>The fees of the block after one.</summary>
internal static class NextFees
{
    /// <summary>ELASTICITY_MULTIPLIER. <see href="https://eips.ethereum.org/EIPS/eip-1559"/></summary>
    private const ulong ElasticityMultiplier = 2;

    /// <summary>BASE_FEE_MAX_CHANGE_DENOMINATOR.</summary>
    private const ulong MaxChangeDenominator = 8;

    public static UInt256 BaseFee(BlockHeader header, Fork fork)
    {
        ulong target = header.GasLimit.Value / ElasticityMultiplier;
        if (fork < Fork.London || header.BaseFeePerGas is not { } fee || target == 0)
        {
            return default;
        }

        ulong used = header.GasUsed.Value;
        var change = Share(fee.Value, used > target ? used - target : target - used, target);
        if (used > target)
        {
            return UInt256.Add(fee.Value, change < UInt256.One ? UInt256.One : change, out _);
        }

        return fee.Value - change;
    }

    /// <summary>EIP-4844, and EIP-7918 from Osaka on.</summary>
    public static ulong ExcessBlobGas(BlockHeader header, ForkRules rules)
    {
        if (!rules.Has(Fork.Cancun))
        {
            return 0;
        }

        ulong excess = header.ExcessBlobGas?.Value ?? 0;
        ulong used = header.BlobGasUsed?.Value ?? 0;
        ulong target = (ulong)rules.Blobs.Target * BlobFee.GasPerBlob;
        ulong sum = unchecked(excess + used) < excess ? ulong.MaxValue : excess + used;
        if (sum < target)
        {
            return 0;
        }

        return rules.Has(Fork.Osaka) && IsBelowReserve(header, rules, excess)
            ? excess + (used * (ulong)(rules.Blobs.Max - rules.Blobs.Target) / (ulong)rules.Blobs.Max)
            : sum - target;
    }

    private static bool IsBelowReserve(BlockHeader header, ForkRules rules, ulong excess)
    {
        const ulong Enough = 1UL << 32;
        var reserve = UInt256.Multiply(header.BaseFeePerGas?.Value ?? default, Eip7918.BlobBaseCost, out _);
        var fee = UInt256.Multiply(BlobFee.Of(Math.Min(excess, Enough), rules.Blobs), BlobFee.GasPerBlob, out bool wrapped);
        return !wrapped && reserve > fee;
    }

    private static UInt256 Share(UInt256 fee, ulong difference, ulong target)
    {
        UInt256.MultiplyWrapping(fee, difference, out var product); // a base fee has far fewer than 192 bits
        UInt256.Divide(product, target, out var part);
        UInt256.Divide(part, MaxChangeDenominator, out var change);
        return change;
    }
}
