using Mempulse.ChainState;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Transactions;
using Mempulse.Grains.Abstractions.Competition;
using Mempulse.Outcomes.Competition;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.Grains.Competition;

/// <summary>Executes a block again with a bundle at places of it, over the state of the block before.</summary>
/// <param name="chain">The chain.</param>
/// <param name="provider">The state and the blocks.</param>
/// <param name="recovery">Recovers senders.</param>
internal sealed class CompetitionExaminer(ChainId chain, IStateProvider provider, ISenderRecovery recovery)
{
    /// <summary>Parts of the state that are fetched one by one at most, after those that were predicted.</summary>
    private const int MaxRounds = 4_096;

    /// <summary>Transactions of the block whose accesses are predicted.</summary>
    private const int MaxPredicted = 256;

    /// <summary>Examines a bundle.</summary>
    /// <param name="task">The bundle and the block.</param>
    /// <param name="bytes">The bundle's bytes; null if the store no longer has them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateUnavailableException">No node has the block before.</exception>
    public async Task<LogEvent.CompetitionExamined> ExamineAsync(ExaminationTask task, ReadOnlyMemory<byte>? bytes, CancellationToken cancellationToken)
    {
        if (bytes is not { } bundle)
        {
            return Undecided(task, "The store no longer has the bytes of the bundle.");
        }

        var (contents, problem) = await provider.ContentsAsync(task.Block, cancellationToken).ConfigureAwait(false);
        if (contents is null)
        {
            return Undecided(task, problem);
        }

        var parent = await provider.HeaderAsync(contents.Header.ParentHash.ToString(), cancellationToken).ConfigureAwait(false);
        var fork = ForkSchedule.Of(chain).After(parent);
        if (QuestionOf(task, bundle, contents, fork) is not { } question)
        {
            return Undecided(task, "A transaction of the block or of the bundle cannot be executed: its type or its signature is not supported.");
        }

        var state = await provider.AtAsync(contents.Header.ParentHash, cancellationToken).ConfigureAwait(false);
        await state.PrefetchAsync(RequestOf(contents, parent, fork), cancellationToken).ConfigureAwait(false);
        var search = new CompetitionSearch(new EvmExecutor(recovery), question);
        for (int round = 0; round < MaxRounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (search.Run(state.Reader))
            {
                case CompetitionAnswer.Decided decided:
                    return FactOf(task, decided, state.Trust == StateTrust.Verified);
                case CompetitionAnswer.StateMissing missing when await state.FetchAsync(missing.Gap, cancellationToken).ConfigureAwait(false) is { } failure:
                    return Undecided(task, $"The state before the block is not available: {OutcomeText.Of(failure)}");
            }
        }

        return Undecided(task, $"More than {MaxRounds} parts of the state are missing.");
    }

    private CompetitionQuestion? QuestionOf(ExaminationTask task, ReadOnlyMemory<byte> bundle, BlockContents contents, Fork fork)
    {
        var reader = new EvmTransactionReader(recovery, TransactionRules.AnyChain);
        var placed = new List<PlacedTransaction>();
        for (int i = 0; i < contents.Transactions.Count; i++)
        {
            if (!reader.TryRead(contents.Transactions[i].Span, out var transaction, out var hash, out _))
            {
                return null;
            }

            placed.Add(new PlacedTransaction(hash, transaction!, contents.Receipts[i].IsSuccess, contents.Receipts[i].GasUsed.Value));
        }

        var legs = new List<BundleLeg>();
        foreach (var raw in Builder.Assembly.BundleBytes.Read(bundle))
        {
            if (!reader.TryRead(raw.Span, out var transaction, out var hash, out _))
            {
                return null;
            }

            legs.Add(new BundleLeg(hash, transaction!, task.Bundle.MayRevert.Contains(hash)));
        }

        return new CompetitionQuestion
        {
            Block = BlockEnv.Of(contents.Header, ForkHistory.Of(fork), chain.Value),
            ParentHash = contents.Header.ParentHash,
            ParentBeaconRoot = contents.Header.ParentBeaconBlockRoot,
            Transactions = placed,
            Bundle = legs,
            Account = task.Account,
            Token = task.Token,
        };
    }

    /// <summary>What the block accesses is predicted as that of a bundle of its transactions.</summary>
    private SimRequest RequestOf(BlockContents contents, Ethereum.Blocks.BlockHeader parent, Fork fork) => new()
    {
        Block = SimBlock.After(parent, chain.Value, fork),
        Transactions = [.. contents.Transactions.Take(MaxPredicted).Select(static raw => new BundleTransaction(raw, RevertPolicy.MayRevert))],
        Limits = SimLimits.Default with { MaxTransactions = MaxPredicted },
    };

    private static LogEvent.CompetitionExamined FactOf(ExaminationTask task, CompetitionAnswer.Decided decided, bool isVerified) => new()
    {
        Bundle = task.Bundle.Id,
        Block = task.Block,
        Finding = decided.Finding,
        Competitor = decided.Competitor,
        CompetitorIndex = decided.Index,
        Executions = decided.Executions,
        IsVerified = isVerified,
        ProfitBefore = decided.Profit,
        Conflicts = decided.Conflicts,
        WitnessDigest = Hash256.Zero,
        EngineVersion = SimVersions.Engine,
        Detail = decided.Detail,
    };

    private static LogEvent.CompetitionExamined Undecided(ExaminationTask task, string detail) =>
        FactOf(task, new CompetitionAnswer.Decided(CompetitionFinding.Undecided, null, null, 0, default, [], detail), isVerified: false);
}
