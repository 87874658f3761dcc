using Mempulse.Ethereum.Forks;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Traits;

/// <summary>The fees of a canonical block.</summary>
/// <param name="number">Its height.</param>
/// <param name="hash">The block.</param>
/// <param name="baseFee">Its base fee.</param>
/// <param name="gasUsed">The gas that it used.</param>
/// <param name="gasLimit">Its gas limit.</param>
/// <param name="blocksUndone">Number of blocks that a reorg undid since the block before it.</param>
internal sealed class BlockFees(BlockNumber number, Hash256 hash, Wei baseFee, Gas gasUsed, Gas gasLimit, int blocksUndone) : StateEntry
{
    public const byte EntryTag = 0x49;

    public override byte Tag => EntryTag;

    public BlockNumber Number => number;

    public Hash256 Hash => hash;

    public Wei BaseFee => baseFee;

    /// <summary>The base fee of the block after it; zero before London.</summary>
    public Wei NextBaseFee => baseFee.Value.IsZero ? default : new Wei(Eip1559.NextBaseFee(baseFee.Value, gasUsed.Value, gasLimit.Value));

    public int BlocksUndone => blocksUndone;

    public override void Encode(EntryWriter writer)
    {
        writer.Write(number.Value);
        writer.Write(hash);
        writer.Write(baseFee.Value);
        writer.Write(gasUsed.Value);
        writer.Write(gasLimit.Value);
        writer.WriteCount(blocksUndone);
    }

    public static BlockFees Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        return new BlockFees(
            new BlockNumber(reader.ReadUInt64()), reader.ReadHash(), new Wei(reader.ReadUInt256()), new Gas(reader.ReadUInt64()), new Gas(reader.ReadUInt64()), reader.ReadInt32());
    }
}
