using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Sim.Outcomes;

/// <summary>The result of an executed transaction of a bundle.</summary>
/// <param name="Hash">Transaction hash.</param>
/// <param name="Sender">The recovered sender.</param>
/// <param name="Status">How the outermost call ended.</param>
/// <param name="GasUsed">Gas charged, after refunds.</param>
/// <param name="Output">Return or revert data; the deployed code for a contract creation.</param>
/// <param name="Created">Address of the created contract; null for a call.</param>
/// <param name="Logs">The emitted logs.</param>
/// <param name="Revert">The decoded revert reason; null when the transaction did not revert.</param>
/// <param name="CoinbasePayment">Increase of the coinbase's balance, in wei; zero when the balance fell.</param>
/// <param name="StepDigest">Digest over all instructions; zero unless requested.</param>
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
    /// <summary>True when the transaction succeeded and its state changes are kept.</summary>
    public bool IsSuccess => Status is Status.Stop or Status.Return or Status.SelfDestruct;
}
