using Mempulse.ChainState;
using Mempulse.Ethereum.Signatures;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Competition;
using Mempulse.Grains.Bundles;
using Mempulse.Grains.Simulations;
using Mempulse.Primitives;
using Orleans.Placement;

namespace Mempulse.Grains.Competition;

/// <summary>Examines one bundle at a time, beside the making of bundles, which must not wait for it.</summary>
/// <remarks>What is to be examined, the fold says; an examination that fails is tried again at the next block.</remarks>
[GrainType("mempulse.competition"), PreferLocalPlacement, Immovable]
internal sealed class CompetitionGrain(SimHost states, TimeProvider time) : Grain, ICompetitionGrain
{
    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    public async ValueTask<bool> Examine()
    {
        if (states.StateOf(Chain) is not { } state || await GrainFactory.Mempool(Chain).GetExamination() is not { } task)
        {
            return false;
        }

        using var patience = new CancellationTokenSource(states.Patience, time);
        var bytes = await GrainFactory.BundleLedger(Chain).Read(task.Bundle.Content);
        try
        {
            var examiner = new CompetitionExaminer(Chain, state, SenderRecovery.CreateBest());
            var (examined, witness) = await Task.Run(() => examiner.ExamineAsync(task, bytes, patience.Token), patience.Token);
            return (await GrainFactory.RecordAsync(Chain, time, witness, examined)).Length == 0;
        }
        catch (Exception unavailable) when (unavailable is StateUnavailableException || (unavailable is OperationCanceledException && patience.IsCancellationRequested))
        {
            return false;
        }
    }
}
