using Mempulse.ChainState;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Transactions;
using Mempulse.Grains.Abstractions.Competition;
using Mempulse.Outcomes.Competition;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;

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
    /// <returns>The fact, and the witness from which it follows; null if nothing was executed.</returns>
    public async Task<(LogEvent.CompetitionExamined Fact, ReadOnlyMemory<byte>? Witness)> ExamineAsync(ExaminationTask task, ReadOnlyMemory<byte>? bytes, CancellationToken cancellationToken)
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
        var witness = WitnessOf(task, bundle, contents, fork);
        if (witness.ToQuestion(recovery) is not { } question)
        {
            return Undecided(task, "A transaction of the block or of the bundle cannot be executed: its type or its signature is not supported.");
        }

        var state = await provider.AtAsync(contents.Header.ParentHash, cancellationToken).ConfigureAwait(false);
        await state.PrefetchAsync(RequestOf(contents, parent, fork), cancellationToken).ConfigureAwait(false);
        var search = new CompetitionSearch(new EvmExecutor(recovery), question);
        for (int round = 0; round < MaxRounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (search.Run(new ReadRecorder(state.Reader, witness.State)))
            {
                case CompetitionAnswer.Decided decided:
                    byte[] encoded = CompetitionWitnessCodec.Encode(witness with { Trust = state.Trust });
                    return (CompetitionFact.Of(task.Bundle.Id, task.Block, decided, state.Trust, Keccak256.Hash(encoded)), encoded);
                case CompetitionAnswer.StateMissing missing when await state.FetchAsync(missing.Gap, cancellationToken).ConfigureAwait(false) is { } failure:
                    return Undecided(task, $"The state before the block is not available: {OutcomeText.Of(failure)}");
            }
        }

        return Undecided(task, $"More than {MaxRounds} parts of the state are missing.");
    }

    private CompetitionWitness WitnessOf(ExaminationTask task, ReadOnlyMemory<byte> bundle, BlockContents contents, Fork fork) => new()
    {
        Chain = chain,
        Fork = fork,
        Header = contents.Header,
        Transactions = [.. contents.Transactions.Select((raw, index) => new WitnessTransaction(raw, contents.Receipts[index].IsSuccess, contents.Receipts[index].GasUsed.Value))],
        Bundle = [.. Builder.Assembly.BundleBytes.Read(bundle).Select(raw => new BundleTransaction(raw, task.Bundle.MayRevert.Contains(Keccak256.Hash(raw.Span)) ? RevertPolicy.MayRevert : RevertPolicy.MustSucceed))],
        Account = task.Account,
        Token = task.Token,
        State = new KnownState(),
    };

    /// <summary>What the block accesses is predicted as that of a bundle of its transactions.</summary>
    private SimRequest RequestOf(BlockContents contents, Ethereum.Blocks.BlockHeader parent, Fork fork) => new()
    {
        Block = SimBlock.After(parent, chain.Value, fork),
        Transactions = [.. contents.Transactions.Take(MaxPredicted).Select(static raw => new BundleTransaction(raw, RevertPolicy.MayRevert))],
        Limits = SimLimits.Default with { MaxTransactions = MaxPredicted },
    };

    private static (LogEvent.CompetitionExamined Fact, ReadOnlyMemory<byte>? Witness) Undecided(ExaminationTask task, string detail) => (CompetitionFact.Of(
        task.Bundle.Id, task.Block, new CompetitionAnswer.Decided(CompetitionFinding.Undecided, null, null, 0, default, [], detail), StateTrust.Unverified, Hash256.Zero), null);
}
