using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>Executes the blocks of a chain, each on the state that the one before it left, and compares all that their headers commit to.</summary>
internal sealed class ChainRun(IChainRules rules)
{
    private readonly ISenderRecovery _recovery = SenderRecovery.CreateBest();
    private readonly BlockExecutor _executor = new(new EvmExecutor(SenderRecovery.CreateBest()));
    private WorldState? _state;

    /// <summary>Executes <paramref name="block"/>; null, with what is wrong, when it is not what its header says.</summary>
    public ExecutedBlock? Execute(RawBlock block, ChainPoint parent, out IReadOnlyList<string> faults)
    {
        var failures = BodyFaults(block);
        faults = failures;
        var transactions = new List<EvmTransaction>();
        var hashes = new List<Hash256>();
        var fork = rules.At(block.Header.Number.Value, block.Header.TimestampSeconds);
        if (!TryRead(block.Body, fork.Fork, transactions, hashes, failures))
        {
            return null;
        }

        var executable = ExecutableBlock.Of(block.Header, fork, rules.ChainId, transactions) with
        {
            Ommers = block.Body.Ommers,
            Withdrawals = block.Body.Withdrawals ?? [],
            DepositContract = rules.DepositContract,
        };

        // The same state serves all blocks, as it does in the product: what it keeps from one to the next must be nothing.
        _state ??= new WorldState(parent);
        _state.Reset(parent);
        var execution = _executor.Execute(executable, _state, parent);
        if (execution is not BlockExecution.Executed executed)
        {
            failures.Add(execution.ToString());
            return null;
        }

        failures.AddRange(executed.DifferencesFrom(block.Header));
        Compare(nameof(block.Header.StateRoot), block.Header.StateRoot, PostState.Root(parent.State, _state), failures);
        Compare("ReceiptsRoot is computed", expected: true, executed.ReceiptsRoot is not null, failures);
        return failures.Count != 0
            ? null
            : new ExecutedBlock(block, executable, hashes, executed, new ChainPoint(block.Header, parent.State.After(_state), parent));
    }

    private static List<string> BodyFaults(RawBlock block)
    {
        var failures = new List<string>();
        Compare(nameof(block.Header.TransactionsRoot), block.Header.TransactionsRoot, BlockRoots.OfTransactions(block.Body.Transactions), failures);
        Compare(nameof(block.Header.OmmersHash), block.Header.OmmersHash, BlockRoots.OfOmmers(block.Body.Ommers), failures);
        Hash256? withdrawals = block.Body.Withdrawals is { } list ? BlockRoots.OfWithdrawals(list) : null;
        Compare(nameof(block.Header.WithdrawalsRoot), block.Header.WithdrawalsRoot, withdrawals, failures);
        return failures;
    }

    private bool TryRead(BlockBody body, Fork fork, List<EvmTransaction> transactions, List<Hash256> hashes, List<string> failures)
    {
        var reader = new EvmTransactionReader(_recovery, new TransactionRules
        {
            Malleability = fork < Fork.Homestead ? SignatureMalleability.AnyS : SignatureMalleability.LowSOnly,
        });
        foreach (var raw in body.Transactions)
        {
            if (!reader.TryRead(raw.Span, out var transaction, out var hash, out var failure))
            {
                failures.Add($"transaction {transactions.Count}: {failure}");
                return false;
            }

            transactions.Add(transaction!);
            hashes.Add(hash);
        }

        return true;
    }

    private static void Compare<T>(string name, T expected, T actual, List<string> failures)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            failures.Add($"{name} {actual}, {expected} in the header");
        }
    }
}
