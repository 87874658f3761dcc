using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Rlp;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>The receipt of a transaction. Yellow Paper, section 4.4.1; EIP-658, EIP-2718.</summary>
/// <param name="Type">The transaction's type.</param>
/// <param name="Succeeded">True when its changes stand.</param>
/// <param name="StateRoot">The root of the state after it, which stood in place of success before Byzantium; null since, and where nobody computes roots.</param>
/// <param name="GasUsed">Gas it used itself.</param>
/// <param name="CumulativeGasUsed">Gas used in the block so far, its own included.</param>
/// <param name="Logs">Its logs; none of a transaction that failed.</param>
/// <param name="Created">The contract it created.</param>
public sealed record TxReceipt(
    TxType Type,
    bool Succeeded,
    Hash256? StateRoot,
    ulong GasUsed,
    ulong CumulativeGasUsed,
    IReadOnlyList<LogEntry> Logs,
    Address? Created)
{
    /// <summary>The bloom filter over its logs; computed at each call.</summary>
    public LogsBloom ComputeBloom()
    {
        var bloom = new LogsBloom();
        for (int i = 0; i < Logs.Count; i++)
        {
            bloom.Add(Logs[i].Address);
            for (int topic = 0; topic < Logs[i].Topics.Count; topic++)
            {
                bloom.Add(Logs[i].Topics[topic]);
            }
        }

        return bloom;
    }

    /// <summary>Appends the consensus encoding, in which it stands in the trie of receipts.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="bloom">What <see cref="ComputeBloom"/> gives.</param>
    public void Encode(ByteBuffer output, LogsBloom bloom)
    {
        if (Type != TxType.Legacy)
        {
            output.Append([(byte)Type]);
        }

        var writer = new RlpWriter(output);
        int start = writer.BeginList();
        if (StateRoot is { } root)
        {
            writer.Write(root);
        }
        else
        {
            writer.Write(Succeeded ? 1UL : 0UL);
        }

        writer.Write(CumulativeGasUsed);
        writer.Write(bloom.Bytes.Span);
        int logs = writer.BeginList();
        for (int i = 0; i < Logs.Count; i++)
        {
            Write(Logs[i], writer);
        }

        writer.EndList(logs);
        writer.EndList(start);
    }

    private static void Write(LogEntry log, RlpWriter writer)
    {
        int start = writer.BeginList();
        writer.Write(log.Address);
        int topics = writer.BeginList();
        for (int i = 0; i < log.Topics.Count; i++)
        {
            writer.Write(log.Topics[i]);
        }

        writer.EndList(topics);
        writer.Write(log.Data.Span);
        writer.EndList(start);
    }
}
