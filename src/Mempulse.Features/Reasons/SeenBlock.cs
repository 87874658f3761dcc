using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Reasons;

/// <summary>A block as the log has it.</summary>
/// <param name="Seq">Its record.</param>
/// <param name="At">When it was observed.</param>
/// <param name="Block">The block.</param>
internal sealed record SeenBlock(GlobalSeq Seq, UnixNanoseconds At, LogEvent.BlockObserved Block)
{
    /// <summary>Its base fee.</summary>
    public UInt256 BaseFee => Block.BaseFeePerGas.Value;

    /// <summary>Gas that it left unused.</summary>
    public ulong Room => Block.GasLimit.Value - Math.Min(Block.GasUsed.Value, Block.GasLimit.Value);
}
