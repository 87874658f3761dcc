using System.Globalization;
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

/// <summary>
/// Executes the blocks of a chain, each on its parent's post-state: validates header and body first and compares every header commitment afterwards. Not
/// thread-safe.
/// </summary>
internal sealed class ChainRun(IChainRules rules)
{
    private readonly ISenderRecovery _recovery = SenderRecovery.CreateBest();
    private readonly BlockExecutor _executor = new(new EvmExecutor(SenderRecovery.CreateBest()));
    private WorldState? _state;

    /// <summary>Executes <paramref name="block"/> on <paramref name="parent"/>.</summary>
    /// <returns>The executed block; null if it is invalid. <paramref name="faults"/> then holds the reasons, each as a dotted path with optional details after
    /// a colon.</returns>
    public ExecutedBlock? Execute(RawBlock block, ChainPoint parent, out IReadOnlyList<string> faults)
    {
        var failures = new List<string>();
        faults = failures;
        var header = block.Header;
        var fork = rules.At(header.Number.Value, header.TimestampSeconds, parent.TotalDifficulty);
        failures.AddRange(new[] { BlockRules.CheckHeader(header, parent.Header, fork), BlockRules.CheckBody(header, block.Body, block.SizeBytes, fork) }
            .Where(fault => fault != BlockFault.None).Select(fault => $"Block.{fault}"));

        // An invalid block is executed anyway, to report all of its faults; no header may crash the executor.
        var transactions = new List<EvmTransaction>();
        var hashes = new List<Hash256>();
        return TryRead(block.Body, fork.Fork, transactions, hashes, failures)
            ? Execute(block, parent, ExecutableBlock.Of(header, fork, rules.ChainId, transactions), hashes, failures)
            : null;
    }

    private ExecutedBlock? Execute(RawBlock block, ChainPoint parent, ExecutableBlock bare, List<Hash256> hashes, List<string> failures)
    {
        var executable = bare with { Ommers = block.Body.Ommers, Withdrawals = block.Body.Withdrawals ?? [], DepositContract = rules.DepositContract };

        // One state serves all blocks, as in production: it must carry nothing over from one block to the next.
        _state ??= new WorldState(parent);
        _state.Reset(parent);
        var execution = _executor.Execute(executable, _state, parent);
        if (execution is not BlockExecution.Executed executed)
        {
            failures.Add(execution is BlockExecution.InvalidTransaction invalid
                ? $"Transaction.{invalid.Reason}: {invalid.Index}"
                : $"Execution.{execution.GetType().Name}: {execution}");
            return null;
        }

        failures.AddRange(executed.DifferencesFrom(block.Header).Select(field => $"Differs.{field}"));
        var root = PostState.Root(parent.State, _state);
        if (root != block.Header.StateRoot)
        {
            failures.Add($"Differs.StateRoot: {root}");
        }

        Assert.NotNull(executed.ReceiptsRoot);
        return failures.Count != 0
            ? null
            : new ExecutedBlock(block, executable, hashes, executed, new ChainPoint(block.Header, parent.State.After(_state), parent));
    }

    /// <summary>Decodes the transactions without mempool limits: the block's size bounds them.</summary>
    private bool TryRead(BlockBody body, Fork fork, List<EvmTransaction> transactions, List<Hash256> hashes, List<string> failures)
    {
        var rulesOfTransactions = new TransactionRules
        {
            Malleability = fork < Fork.Homestead ? SignatureMalleability.AnyS : SignatureMalleability.LowSOnly,
            MaxConsensusBytes = int.MaxValue,
            MaxNetworkBytes = int.MaxValue,
            MaxAuthorizations = int.MaxValue,
        };
        var reader = new EvmTransactionReader(_recovery, rulesOfTransactions);
        var decoder = new TransactionDecoder(_recovery, rulesOfTransactions);
        foreach (var raw in body.Transactions)
        {
            if (!decoder.TryDecode(raw.Span, TxForm.Consensus, out _, out var failure)
                || !reader.TryRead(raw.Span, out var transaction, out var hash, out failure))
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"Transaction.Bytes.{failure.Error}: {transactions.Count}"));
                return false;
            }

            transactions.Add(transaction!);
            hashes.Add(hash);
        }

        return true;
    }
}
