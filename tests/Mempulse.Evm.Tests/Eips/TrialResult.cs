using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>The result of a trial.</summary>
internal sealed record TrialResult(TxExecution Execution, WorldState State, long Intrinsic)
{
    public TxExecution.Executed Executed => Assert.IsType<TxExecution.Executed>(Execution);

    public Status Status => Executed.Status;

    /// <summary>Gas of the execution alone: without intrinsic gas and before refunds.</summary>
    public long Gas => (long)(Executed.GasUsed + Executed.GasRefunded) - Intrinsic;

    public long GasUsed => (long)Executed.GasUsed;

    public long Refund => (long)Executed.GasRefunded;

    /// <summary>The output as a big-endian number.</summary>
    public UInt256 Word => UInt256.FromBigEndian(Executed.Output.Span);

    /// <summary>Why the transaction is invalid; <see cref="TxRejection.None"/> if it is valid.</summary>
    public TxRejection Rejection => Execution is TxExecution.Invalid invalid ? invalid.Reason : TxRejection.None;
}
