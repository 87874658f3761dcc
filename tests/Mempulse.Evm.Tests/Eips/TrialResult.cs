using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>How a trial came out.</summary>
internal sealed record TrialResult(TxExecution Execution, WorldState State, long Intrinsic)
{
    public TxExecution.Executed Executed => Assert.IsType<TxExecution.Executed>(Execution);

    public Status Status => Executed.Status;

    /// <summary>Gas of the run alone: without the intrinsic gas, refunds not taken off.</summary>
    public long Gas => (long)(Executed.GasUsed + Executed.GasRefunded) - Intrinsic;

    public long GasUsed => (long)Executed.GasUsed;

    public long Refund => (long)Executed.GasRefunded;

    /// <summary>The output as a number.</summary>
    public UInt256 Word => UInt256.FromBigEndian(Executed.Output.Span);

    /// <summary>Why no block may contain it; none if one may.</summary>
    public TxRejection Rejection => Execution is TxExecution.Invalid invalid ? invalid.Reason : TxRejection.None;
}
