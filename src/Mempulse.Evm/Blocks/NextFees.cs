using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Blocks;

/// <summary>Computes the base fee and excess blob gas of the next block.</summary>
public static class NextFees
{
    /// <summary>Returns the base fee in wei per gas of the block after <paramref name="parent"/>; zero before London.</summary>
    /// <remarks><see href="https://eips.ethereum.org/EIPS/eip-1559"/></remarks>
    /// <param name="parent">The header of the parent.</param>
    /// <param name="rules">The fork rules of the next block.</param>
    public static UInt256 BaseFee(BlockHeader parent, ForkRules rules)
    {
        if (!rules.HasBaseFee)
        {
            return default;
        }

        if (parent.BaseFeePerGas is not { } fee)
        {
            return Eip1559.InitialBaseFee;
        }

        return Eip1559.NextBaseFee(fee.Value, parent.GasUsed.Value, parent.GasLimit.Value);
    }

    /// <summary>Returns the excess blob gas of the block after <paramref name="parent"/> (EIP-4844, EIP-7918 since Osaka); zero before Cancun.</summary>
    /// <param name="parent">The header of the parent.</param>
    /// <param name="rules">The fork rules of the next block, whose blob schedule applies.</param>
    public static ulong ExcessBlobGas(BlockHeader parent, ForkRules rules)
    {
        if (!rules.Has(Fork.Cancun))
        {
            return 0;
        }

        ulong excess = parent.ExcessBlobGas?.Value ?? 0;
        ulong used = parent.BlobGasUsed?.Value ?? 0;
        ulong target = (ulong)rules.Blobs.Target * BlobFee.GasPerBlob;
        ulong sum = unchecked(excess + used) < excess ? ulong.MaxValue : excess + used;
        if (sum < target)
        {
            return 0;
        }

        return rules.Has(Fork.Osaka) && IsBelowReserve(parent, rules, excess)
            ? excess + (used * (ulong)(rules.Blobs.Max - rules.Blobs.Target) / (ulong)rules.Blobs.Max)
            : sum - target;
    }

    private static bool IsBelowReserve(BlockHeader parent, ForkRules rules, ulong excess)
    {
        const ulong Enough = 1UL << 32;
        var reserve = UInt256.Multiply(parent.BaseFeePerGas?.Value ?? default, Eip7918.BlobBaseCost, out _);
        var fee = UInt256.Multiply(BlobFee.Of(Math.Min(excess, Enough), rules.Blobs), BlobFee.GasPerBlob, out bool wrapped);
        return !wrapped && reserve > fee;
    }
}
