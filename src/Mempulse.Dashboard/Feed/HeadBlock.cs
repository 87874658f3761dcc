using Mempulse.Ethereum.Forks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Feed;

/// <summary>The newest canonical block.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Hash">The block.</param>
/// <param name="Time">Its timestamp.</param>
/// <param name="BaseFee">Its base fee.</param>
/// <param name="NextBaseFee">The base fee of the block after it.</param>
/// <param name="LeftBlocks">Blocks that the chain left when this one became its head; 0 if it followed the head before it.</param>
internal sealed record HeadBlock(BlockNumber Number, Hash256 Hash, UnixNanoseconds Time, UInt256 BaseFee, UInt256 NextBaseFee, ulong LeftBlocks)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>How the base fee changes, in hundredths of a percent; at most 12.5 % up or down.</summary>
    public long ChangeBasisPoints
    {
        get
        {
            bool rises = NextBaseFee > BaseFee;
            var difference = rises ? NextBaseFee - BaseFee : BaseFee - NextBaseFee;
            UInt256.Divide(difference * 10_000, BaseFee.IsZero ? UInt256.One : BaseFee, out var change);
            return rises ? (long)change.LowUInt64 : -(long)change.LowUInt64;
        }
    }

    /// <summary>The block of an event.</summary>
    public static HeadBlock Of(LogEvent.BlockObserved block, ulong leftBlocks) => new(
        block.Number,
        block.Hash,
        new UnixNanoseconds((long)block.TimestampSeconds * NanosecondsPerSecond),
        block.BaseFeePerGas.Value,
        Eip1559.NextBaseFee(block.BaseFeePerGas.Value, block.GasUsed.Value, block.GasLimit.Value),
        leftBlocks);
}
