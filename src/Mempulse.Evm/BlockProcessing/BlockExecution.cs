using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>How the execution of a block came out. Total: every block leads to one of these.</summary>
public abstract record BlockExecution
{
    private BlockExecution()
    {
    }

    /// <summary>All of it ran.</summary>
    /// <param name="Receipts">One a transaction, in order.</param>
    /// <param name="GasUsed">Gas of all transactions.</param>
    /// <param name="BlobGasUsed">Gas of all blobs (EIP-4844).</param>
    /// <param name="LogsBloom">The filter over all logs, 256 bytes.</param>
    /// <param name="ReceiptsRoot">The root of the trie of receipts; null before Byzantium where nobody computed the state's roots, which receipts then hold.</param>
    /// <param name="Requests">What the block asks of the consensus layer (EIP-7685), each with its type in front; empty before Prague.</param>
    /// <param name="RequestsHash">Their commitment (EIP-7685); null before Prague.</param>
    public sealed record Executed(
        IReadOnlyList<TxReceipt> Receipts,
        ulong GasUsed,
        ulong BlobGasUsed,
        ReadOnlyMemory<byte> LogsBloom,
        Hash256? ReceiptsRoot,
        IReadOnlyList<ReadOnlyMemory<byte>> Requests,
        Hash256? RequestsHash) : BlockExecution
    {
        /// <summary>The fields of <paramref name="header"/> that say something else; the root of the state is not among them.</summary>
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

    /// <summary>A transaction that no block may contain here; those before it have run.</summary>
    /// <param name="Index">Which one, from 0.</param>
    /// <param name="Reason">Why.</param>
    public sealed record InvalidTransaction(int Index, TxRejection Reason) : BlockExecution;

    /// <summary>An uncle that is none: it is no older than the block, or too old (Yellow Paper, section 11.1).</summary>
    /// <param name="Index">Which one, from 0.</param>
    public sealed record InvalidOmmer(int Index) : BlockExecution;

    /// <summary>A call that the protocol makes at the end of a block failed or found no code, which makes the block invalid (EIP-7002, EIP-7251).</summary>
    /// <param name="Contract">What was called.</param>
    public sealed record SystemCallFailed(Address Contract) : BlockExecution;

    /// <summary>A log of the deposit contract is not laid out as EIP-6110 demands, which makes the block invalid.</summary>
    /// <param name="Index">Whose log it is, from 0.</param>
    public sealed record MalformedDeposit(int Index) : BlockExecution;

    /// <summary>The root of the state, which a receipt holds, needs a part of the trie that is not known.</summary>
    /// <param name="Index">Whose receipt, from 0.</param>
    public sealed record RootMissing(int Index) : BlockExecution;

    /// <summary>The state reader did not know something.</summary>
    /// <param name="Gap">What.</param>
    /// <param name="Index">The transaction that asked; null for the block's own doings.</param>
    public sealed record StateMissing(StateGap Gap, int? Index) : BlockExecution;
}
