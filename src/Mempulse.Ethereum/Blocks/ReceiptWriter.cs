using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Blocks;

/// <summary>Writes receipts in consensus form, the values of the receipts trie: begin, each log, end. Yellow Paper, section 4.4.1; EIP-658, EIP-2718.</summary>
public readonly ref struct ReceiptWriter
{
    private readonly RlpWriter _writer;
    private readonly int _receipt;
    private readonly int _logs;

    /// <summary>Begins a receipt.</summary>
    /// <param name="output">The buffer to append to.</param>
    /// <param name="type">The transaction type; 0 for a legacy transaction.</param>
    /// <param name="stateRoot">The root of the state after the transaction, before Byzantium; null since then.</param>
    /// <param name="outcome">The status, since Byzantium; ignored if there is a state root.</param>
    /// <param name="cumulativeGasUsed">Gas used in the block up to and including the transaction.</param>
    /// <param name="bloom">The filter over the logs.</param>
    public ReceiptWriter(ByteBuffer output, byte type, Hash256? stateRoot, ExecutionOutcome outcome, ulong cumulativeGasUsed, LogsBloom bloom)
    {
        if (type != 0)
        {
            output.Append([type]);
        }

        _writer = new RlpWriter(output);
        _receipt = _writer.BeginList();
        if (stateRoot is { } root)
        {
            _writer.Write(root);
        }
        else
        {
            _writer.Write(outcome == ExecutionOutcome.Succeeded ? 1UL : 0UL);
        }

        _writer.Write(cumulativeGasUsed);
        _writer.Write(bloom.Bytes.Span);
        _logs = _writer.BeginList();
    }

    /// <summary>Writes the next log.</summary>
    public void Log(in Address account, IReadOnlyList<Hash256> topics, ReadOnlySpan<byte> data)
    {
        int start = _writer.BeginList();
        _writer.Write(account);
        int list = _writer.BeginList();
        for (int i = 0; i < topics.Count; i++)
        {
            _writer.Write(topics[i]);
        }

        _writer.EndList(list);
        _writer.Write(data);
        _writer.EndList(start);
    }

    /// <summary>Ends the receipt. Chains may add numbers after the logs, such as those of a deposit (OP Stack).</summary>
    public void End(params ReadOnlySpan<ulong> further)
    {
        _writer.EndList(_logs);
        foreach (ulong number in further)
        {
            _writer.Write(number);
        }

        _writer.EndList(_receipt);
    }
}
