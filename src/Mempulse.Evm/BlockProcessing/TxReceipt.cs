using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>The receipt of a transaction. Yellow Paper, section 4.4.1; EIP-658, EIP-2718.</summary>
/// <param name="Type">The transaction type.</param>
/// <param name="Succeeded">True when the transaction succeeded.</param>
/// <param name="StateRoot">Root of the state after the transaction; null since Byzantium, and without a source of roots.</param>
/// <param name="GasUsed">Gas used by the transaction.</param>
/// <param name="CumulativeGasUsed">Gas used in the block up to and including the transaction.</param>
/// <param name="Logs">The logs; empty for a failed transaction.</param>
/// <param name="Created">Address of the created contract; null for a call.</param>
public sealed record TxReceipt(
    TxType Type,
    bool Succeeded,
    Hash256? StateRoot,
    ulong GasUsed,
    ulong CumulativeGasUsed,
    IReadOnlyList<LogEntry> Logs,
    Address? Created)
{
    /// <summary>Computes the bloom filter over the logs; not cached.</summary>
    public LogsBloom ComputeBloom()
    {
        var bloom = new LogsBloom();
        for (int i = 0; i < Logs.Count; i++)
        {
            bloom.Add(Logs[i].Address, Logs[i].Topics);
        }

        return bloom;
    }

    /// <summary>Appends the consensus encoding, the value in the receipts trie.</summary>
    /// <param name="output">The buffer to append to.</param>
    /// <param name="bloom">The result of <see cref="ComputeBloom"/>.</param>
    public void Encode(ByteBuffer output, LogsBloom bloom)
    {
        var outcome = Succeeded ? ExecutionOutcome.Succeeded : ExecutionOutcome.Reverted;
        var writer = new ReceiptWriter(output, (byte)Type, StateRoot, outcome, CumulativeGasUsed, bloom);
        for (int i = 0; i < Logs.Count; i++)
        {
            writer.Log(Logs[i].Address, Logs[i].Topics, Logs[i].Data.Span);
        }

        writer.End();
    }
}
