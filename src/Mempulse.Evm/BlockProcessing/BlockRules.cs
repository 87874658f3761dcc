using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>The block validity rules that need no execution: the header against its parent, and the body against its header.</summary>
/// <remarks>
/// Yellow Paper, section 4.4.4, and the EIPs named in <see cref="BlockFault"/>. Before the Merge, the difficulty value, the proof of work and the
/// ancestry of ommers are not checked. <see cref="BlockExecution.Executed.DifferencesFrom"/> checks the results of execution.
/// </remarks>
public static class BlockRules
{
    /// <summary>Returns the first rule that a header violates; <see cref="BlockFault.None"/> when it is valid.</summary>
    /// <param name="header">The header to check.</param>
    /// <param name="parent">The header of its parent, which must be valid.</param>
    /// <param name="rules">The fork rules of the checked block.</param>
    public static BlockFault CheckHeader(BlockHeader header, BlockHeader parent, ForkRules rules)
    {
        var fault = CheckParent(header, parent, rules);
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

    /// <summary>Returns the first commitment that a body does not match; <see cref="BlockFault.None"/> when it is valid.</summary>
    /// <param name="header">The header of the block.</param>
    /// <param name="body">The body to check.</param>
    /// <param name="sizeBytes">Length of the RLP of the whole block.</param>
    /// <param name="rules">The fork rules of the block.</param>
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

    private static BlockFault CheckParent(BlockHeader header, BlockHeader parent, ForkRules rules)
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

        return HasExtraDataOf(header, rules) ? BlockFault.None : BlockFault.ExtraData;
    }

    private static bool HasExtraDataOf(BlockHeader header, ForkRules rules)
    {
        bool isMarked = rules.DaoForkBlock is { } fork && header.Number.Value >= fork && header.Number.Value - fork < Eip779.MarkedBlocks;
        return isMarked ? header.ExtraData.Span.SequenceEqual(Eip779.ExtraData) : header.ExtraData.Length <= FrontierHeader.MaxExtraDataBytes;
    }

    private static BlockFault CheckGas(BlockHeader header, BlockHeader parent, ForkRules rules)
    {
        ulong limit = header.GasLimit.Value;
        ulong before = parent.GasLimit.Value;
        if (rules.HasBaseFee && parent.BaseFeePerGas is null && before <= FrontierHeader.MaxGasLimit)
        {
            before *= Eip1559.ElasticityMultiplier; // EIP-1559: the first block of London doubles the limit, so the old limit becomes the target
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
