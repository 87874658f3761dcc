using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>The outcome of executing a block. A closed hierarchy, and total: every block has an outcome, never an exception.</summary>
public abstract record BlockExecution
{
    private BlockExecution()
    {
    }

    /// <summary>The whole block was executed.</summary>
    /// <param name="Receipts">One receipt per transaction, in order.</param>
    /// <param name="GasUsed">Gas used by all transactions.</param>
    /// <param name="BlobGasUsed">Blob gas used by all transactions (EIP-4844).</param>
    /// <param name="LogsBloom">Bloom filter over all logs, 256 bytes.</param>
    /// <param name="ReceiptsRoot">Root of the receipts trie; null before Byzantium if no source of state roots was given, which those receipts contain.</param>
    /// <param name="Requests">Requests to the consensus layer (EIP-7685), each prefixed with its type; empty before Prague.</param>
    /// <param name="RequestsHash">Commitment to the requests (EIP-7685); null before Prague.</param>
    public sealed record Executed(
        IReadOnlyList<TxReceipt> Receipts,
        ulong GasUsed,
        ulong BlobGasUsed,
        ReadOnlyMemory<byte> LogsBloom,
        Hash256? ReceiptsRoot,
        IReadOnlyList<ReadOnlyMemory<byte>> Requests,
        Hash256? RequestsHash) : BlockExecution
    {
        /// <summary>Returns the names of the fields of <paramref name="header"/> that differ from the execution; does not compare the state root.</summary>
        public IReadOnlyList<string> DifferencesFrom(BlockHeader header)
        {
            var fields = new List<string>();
            Compare(nameof(header.GasUsed), GasUsed == header.GasUsed.Value);
            Compare(nameof(header.LogsBloom), LogsBloom.Span.SequenceEqual(header.LogsBloom.Span));
            Compare(nameof(header.ReceiptsRoot), ReceiptsRoot is null || ReceiptsRoot == header.ReceiptsRoot);
            Compare(nameof(header.BlobGasUsed), BlobGasUsed == (header.BlobGasUsed?.Value ?? 0));
            Compare(nameof(header.RequestsHash), RequestsHash == header.RequestsHash);
            return fields;

            void Compare(string name, bool isSame)
            {
                if (!isSame)
                {
                    fields.Add(name);
                }
            }
        }
    }

    /// <summary>A transaction is invalid at its place in the block; the transactions before it were executed.</summary>
    /// <param name="Index">Zero-based index of the transaction.</param>
    /// <param name="Reason">The violated validity rule.</param>
    public sealed record InvalidTransaction(int Index, TxRejection Reason) : BlockExecution;

    /// <summary>An ommer is not older than the block, or too old (Yellow Paper, section 11.1).</summary>
    /// <param name="Index">Zero-based index of the ommer.</param>
    public sealed record InvalidOmmer(int Index) : BlockExecution;

    /// <summary>A system call at the end of the block failed or found no code, which makes the block invalid (EIP-7002, EIP-7251).</summary>
    /// <param name="Contract">The called system contract.</param>
    public sealed record SystemCallFailed(Address Contract) : BlockExecution;

    /// <summary>A log of the deposit contract does not have the layout of EIP-6110, which makes the block invalid.</summary>
    /// <param name="Index">Zero-based index of the transaction that emitted the log.</param>
    public sealed record MalformedDeposit(int Index) : BlockExecution;

    /// <summary>The state root of a receipt before Byzantium needs a part of the trie that is missing.</summary>
    /// <param name="Index">Zero-based index of the receipt.</param>
    public sealed record RootMissing(int Index) : BlockExecution;

    /// <summary>A part of the state is missing.</summary>
    /// <param name="Gap">The missing part.</param>
    /// <param name="Index">Zero-based index of the transaction that read it; null outside transactions.</param>
    public sealed record StateMissing(StateGap Gap, int? Index) : BlockExecution;
}
