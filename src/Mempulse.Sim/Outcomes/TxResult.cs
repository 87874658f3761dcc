using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Sim.Outcomes;

/// <summary>A transaction of the bundle that ran.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Sender">Who signed it.</param>
/// <param name="Status">How its outermost call ended.</param>
/// <param name="GasUsed">Gas paid for.</param>
/// <param name="Output">What it returned or reverted with; the code of a new contract.</param>
/// <param name="Created">The new contract.</param>
/// <param name="Logs">Its logs.</param>
/// <param name="Revert">What it said when it reverted; null when it did not.</param>
/// <param name="CoinbasePayment">What the coinbase's balance rose by, in wei; zero when it fell.</param>
/// <param name="StepDigest">Digest over its instructions; zero when not asked for.</param>
public sealed record TxResult(
    Hash256 Hash,
    Address Sender,
    Status Status,
    ulong GasUsed,
    ReadOnlyMemory<byte> Output,
    Address? Created,
    IReadOnlyList<LogEntry> Logs,
    RevertReason? Revert,
    UInt256 CoinbasePayment,
    Hash256 StepDigest)
{
    /// <summary>True when its changes stand.</summary>
    public bool IsSuccess => Status is Status.Stop or Status.Return or Status.SelfDestruct;
}
