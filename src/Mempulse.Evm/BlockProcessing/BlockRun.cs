using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Tries;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.BlockProcessing;

/// <summary>A block during execution: its receipts and their totals.</summary>
internal sealed class BlockRun(ExecutableBlock block, IStateRootSource? roots)
{
    private readonly List<TxReceipt> _receipts = new(block.Transactions.Count);
    private readonly List<ReadOnlyMemory<byte>> _encoded = new(block.Transactions.Count);
    private readonly LogsBloom _bloom = new();
    private readonly ByteBuffer _deposits = new();
    private readonly ByteBuffer _scratch = new();
    private readonly BlockSpace _space = new(block.Env);

    /// <summary>The requests to the consensus layer.</summary>
    public BlockRequests Requests { get; } = new();

    private bool HasRequests => block.Env.Rules.Has(Fork.Prague);

    private bool HasReceiptsRoot => roots is not null || block.Env.Rules.Has(Fork.Byzantium);

    /// <summary>Executes one transaction; null when it was executed, successfully or not, otherwise the outcome that ends the block.</summary>
    public BlockExecution? Execute(EvmExecutor executor, int index, WorldState state)
    {
        var transaction = block.Transactions[index];
        if (_space.Check(transaction) is var refusal && refusal != TxRejection.None)
        {
            return new BlockExecution.InvalidTransaction(index, refusal);
        }

        switch (executor.ExecuteTransaction(block.Env, transaction, state))
        {
            case TxExecution.Executed executed:
                return AddReceipt(index, transaction, executed, state);
            case TxExecution.Invalid invalid:
                return new BlockExecution.InvalidTransaction(index, invalid.Reason);
            case TxExecution.StateMissing missing:
                return new BlockExecution.StateMissing(missing.Gap, index);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Adds the deposits of all transactions, the first of the requests.</summary>
    public void AddDepositRequests() => Requests.Add(Eip6110.RequestType, _deposits.WrittenSpan);

    /// <summary>Computes the commitments of the block.</summary>
    public BlockExecution Finish() => new BlockExecution.Executed(
        _receipts,
        _space.GasUsed,
        _space.BlobGasUsed,
        _bloom.Bytes,
        HasReceiptsRoot ? OrderedTrie.RootOf(_encoded) : null,
        Requests.All,
        HasRequests ? Requests.ComputeHash() : null);

    private BlockExecution? AddReceipt(int index, EvmTransaction transaction, TxExecution.Executed executed, WorldState state)
    {
        Hash256? root = null;
        if (roots is not null)
        {
            bool isKnown = roots.TryComputeRoot(state, out var computed);
            if (!isKnown)
            {
                return new BlockExecution.RootMissing(index);
            }

            root = computed;
        }

        _space.Take(transaction, executed.GasUsed);
        var receipt = new TxReceipt(
            transaction.Type, executed.IsSuccess, root, executed.GasUsed, _space.GasUsed, executed.IsSuccess ? [.. state.Logs] : [], executed.Created);
        _receipts.Add(receipt);
        if (HasRequests && !DepositRequests.TryAppend(receipt.Logs, block.DepositContract, _deposits))
        {
            return new BlockExecution.MalformedDeposit(index);
        }

        Encode(receipt);
        return null;
    }

    private void Encode(TxReceipt receipt)
    {
        var bloom = receipt.ComputeBloom();
        _bloom.Add(bloom);
        if (HasReceiptsRoot)
        {
            _scratch.Clear();
            receipt.Encode(_scratch, bloom);
            _encoded.Add(_scratch.WrittenSpan.ToArray());
        }
    }
}
