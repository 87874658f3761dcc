using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;

namespace Mempulse.Evm.Instructions;

/// <summary>Block information: 0x40 to 0x4a, except SELFBALANCE. Yellow Paper, appendix H.2.</summary>
internal static class BlockInformation
{
    /// <summary>BLOCKHASH: zero except for the 256 most recent blocks.</summary>
    public static Status BlockHash(ref Machine m)
    {
        ref var number = ref m.Top();
        ulong height = m.Context.Block.Number;
        bool isRecent = number.FitsUInt64 && number.LowUInt64 < height && height - number.LowUInt64 <= FrontierGas.BlockHashWindow;
        number = isRecent ? AddressWord.ToWord(m.State.BlockHash(number.LowUInt64)) : default;
        return AccountAccess.AfterRead(ref m);
    }

    public static Status Coinbase(ref Machine m)
    {
        m.Push() = AddressWord.ToWord(m.Context.Block.Coinbase);
        return Status.Continue;
    }

    public static Status Timestamp(ref Machine m)
    {
        m.Push() = m.Context.Block.Timestamp;
        return Status.Continue;
    }

    public static Status Number(ref Machine m)
    {
        m.Push() = m.Context.Block.Number;
        return Status.Continue;
    }

    /// <summary>DIFFICULTY; PREVRANDAO since Paris (EIP-4399).</summary>
    public static Status Difficulty(ref Machine m)
    {
        var block = m.Context.Block;
        m.Push() = m.Rules.Has(Fork.Paris) ? AddressWord.ToWord(block.PrevRandao) : block.Difficulty;
        return Status.Continue;
    }

    public static Status GasLimit(ref Machine m)
    {
        m.Push() = m.Context.Block.GasLimit;
        return Status.Continue;
    }

    /// <summary>CHAINID (EIP-1344).</summary>
    public static Status ChainId(ref Machine m)
    {
        m.Push() = m.Context.Block.ChainId;
        return Status.Continue;
    }

    /// <summary>BASEFEE (EIP-3198).</summary>
    public static Status BaseFee(ref Machine m)
    {
        m.Push() = m.Context.Block.BaseFee;
        return Status.Continue;
    }

    /// <summary>BLOBHASH (EIP-4844): zero beyond the end of the list.</summary>
    public static Status BlobHash(ref Machine m)
    {
        ref var index = ref m.Top();
        var hashes = m.Context.Transaction.BlobHashes.Span;
        index = index.FitsUInt64 && index.LowUInt64 < (ulong)hashes.Length ? AddressWord.ToWord(hashes[(int)index.LowUInt64]) : default;
        return Status.Continue;
    }

    /// <summary>BLOBBASEFEE (EIP-7516).</summary>
    public static Status BlobBaseFee(ref Machine m)
    {
        m.Push() = m.Context.BlobBaseFee;
        return Status.Continue;
    }

    /// <summary>Registers opcode, pops, pushes and fixed gas of each instruction.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0x40, &BlockHash, 1, 1, FrontierGas.Ext);
        set.Add(0x41, &Coinbase, 0, 1, FrontierGas.Base);
        set.Add(0x42, &Timestamp, 0, 1, FrontierGas.Base);
        set.Add(0x43, &Number, 0, 1, FrontierGas.Base);
        set.Add(0x44, &Difficulty, 0, 1, FrontierGas.Base);
        set.Add(0x45, &GasLimit, 0, 1, FrontierGas.Base);
        set.AddFrom(Fork.Istanbul, 0x46, &ChainId, 0, 1, FrontierGas.Base);
        set.AddFrom(Fork.London, 0x48, &BaseFee, 0, 1, FrontierGas.Base);
        set.AddFrom(Fork.Cancun, 0x49, &BlobHash, 1, 1, FrontierGas.VeryLow);
        set.AddFrom(Fork.Cancun, 0x4a, &BlobBaseFee, 0, 1, FrontierGas.Base);
    }
}
