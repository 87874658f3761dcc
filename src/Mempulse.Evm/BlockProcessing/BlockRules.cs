using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>The rules that a block must keep before any of it is executed: its header against its parent's, its body against its header.</summary>
/// <remarks>
/// Yellow Paper, section 4.4.4, and the EIPs named at <see cref="BlockFault"/>. Of the time before the merge the work is not checked, neither its
/// difficulty nor its seal, nor where uncles come from. What execution comes to is for <see cref="BlockExecution.Executed.DifferencesFrom"/>.
/// </remarks>
public static class BlockRules
{
    /// <summary>The first rule that a header breaks.</summary>
    /// <param name="header">The header.</param>
    /// <param name="parent">The header of the block before it, known to be valid.</param>
    /// <param name="rules">The rules that hold in the block itself.</param>
    public static BlockFault CheckHeader(BlockHeader header, BlockHeader parent, ForkRules rules)
    {
        var fault = CheckPlace(header, parent);
        if (fault == BlockFault.None)
        {
            fault = CheckGas(header, parent, rules);
        }

        if (fault == BlockFault.None)
        {
            fault = HasFieldsOf(header, rules) ? CheckFees(header, parent, rules) : BlockFault.Fields;
        }

        return fault == BlockFault.None ? CheckWork(header, rules) : fault;
    }

    /// <summary>The first thing in which a body is not what its header commits to.</summary>
    /// <param name="header">The header.</param>
    /// <param name="body">The body.</param>
    /// <param name="sizeBytes">Length of the whole block in RLP.</param>
    /// <param name="rules">The rules that hold in the block.</param>
    public static BlockFault CheckBody(BlockHeader header, BlockBody body, int sizeBytes, ForkRules rules)
    {
        if (rules.Has(Fork.Osaka) && sizeBytes > Eip7934.MaxRlpBlockSize)
        {
            return BlockFault.Size;
        }

        if (BlockRoots.OfTransactions(body.Transactions) != header.TransactionsRoot)
        {
            return BlockFault.TransactionsRoot;
        }

        if (BlockRoots.OfOmmers(body.Ommers) != header.OmmersHash)
        {
            return BlockFault.OmmersHash;
        }

        if (body.Ommers.Count > FrontierHeader.MaxOmmers)
        {
            return BlockFault.Ommers;
        }

        Hash256? withdrawals = body.Withdrawals is { } list ? BlockRoots.OfWithdrawals(list) : null;
        return withdrawals == header.WithdrawalsRoot ? BlockFault.None : BlockFault.WithdrawalsRoot;
    }

    private static BlockFault CheckPlace(BlockHeader header, BlockHeader parent)
    {
        if (header.ParentHash != parent.ComputeHash())
        {
            return BlockFault.ParentHash;
        }

        if (parent.Number.Value == ulong.MaxValue || header.Number.Value != parent.Number.Value + 1)
        {
            return BlockFault.Number;
        }

        if (header.TimestampSeconds <= parent.TimestampSeconds)
        {
            return BlockFault.Timestamp;
        }

        return header.ExtraData.Length > FrontierHeader.MaxExtraDataBytes ? BlockFault.ExtraData : BlockFault.None;
    }

    private static BlockFault CheckGas(BlockHeader header, BlockHeader parent, ForkRules rules)
    {
        ulong limit = header.GasLimit.Value;
        ulong before = parent.GasLimit.Value;
        if (rules.HasBaseFee && parent.BaseFeePerGas is null && before <= FrontierHeader.MaxGasLimit)
        {
            before *= Eip1559.ElasticityMultiplier; // the first block of London, whose target is what was the limit
        }

        ulong difference = limit > before ? limit - before : before - limit;
        if (difference >= before / FrontierHeader.GasLimitBoundDivisor || limit is < FrontierHeader.MinGasLimit or > FrontierHeader.MaxGasLimit)
        {
            return BlockFault.GasLimit;
        }

        return header.GasUsed.Value > limit ? BlockFault.GasUsed : BlockFault.None;
    }

    private static bool HasFieldsOf(BlockHeader header, ForkRules rules) =>
        header.BaseFeePerGas is not null == rules.HasBaseFee
        && header.WithdrawalsRoot is not null == rules.Has(Fork.Shanghai)
        && header.BlobGasUsed is not null == rules.Has(Fork.Cancun)
        && header.ExcessBlobGas is not null == rules.Has(Fork.Cancun)
        && header.ParentBeaconBlockRoot is not null == rules.Has(Fork.Cancun)
        && header.RequestsHash is not null == rules.Has(Fork.Prague);

    private static BlockFault CheckFees(BlockHeader header, BlockHeader parent, ForkRules rules)
    {
        if ((header.BaseFeePerGas?.Value ?? default) != NextFees.BaseFee(parent, rules))
        {
            return BlockFault.BaseFee;
        }

        ulong used = header.BlobGasUsed?.Value ?? 0;
        if (used % BlobFee.GasPerBlob != 0 || used > (ulong)rules.Blobs.Max * BlobFee.GasPerBlob)
        {
            return BlockFault.BlobGasUsed;
        }

        return (header.ExcessBlobGas?.Value ?? 0) == NextFees.ExcessBlobGas(parent, rules) ? BlockFault.None : BlockFault.ExcessBlobGas;
    }

    private static BlockFault CheckWork(BlockHeader header, ForkRules rules)
    {
        if (header.Difficulty.IsZero != rules.Has(Fork.Paris))
        {
            return BlockFault.Difficulty;
        }

        if (!rules.Has(Fork.Paris))
        {
            return BlockFault.None;
        }

        if (header.PowNonce != 0)
        {
            return BlockFault.PowNonce;
        }

        return header.OmmersHash == Keccak256.OfEmptyList ? BlockFault.None : BlockFault.Ommers;
    }
}
