using Mempulse.Builder.Assembly;
using Mempulse.ChainState;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Bundles;

/// <summary>Simulates bundles on the head with the real executor.</summary>
/// <remarks>Confined to its grain. What it found on a head is remembered until the head moves, so that a bundle that does not pay is not tried again and again.</remarks>
internal sealed class BundleTrial(ChainId chain, IGrainFactory grains)
{
    private readonly Dictionary<Hash256, TrialResult> _tried = [];
    private Hash256 _head;

    /// <summary>Simulates a bundle.</summary>
    public async ValueTask<TrialResult> RunAsync(AssembledBundle bundle, Hash256 head, IStateProvider state, CancellationToken cancellationToken)
    {
        if (_head != head)
        {
            _tried.Clear();
            _head = head;
        }

        if (_tried.TryGetValue(bundle.Id, out var known))
        {
            return known;
        }

        var result = await SimulateAsync(bundle, head, state, cancellationToken);
        if (result.Problem.Length == 0)
        {
            _tried.Add(bundle.Id, result);
        }

        return result;
    }

    private async ValueTask<TrialResult> SimulateAsync(AssembledBundle bundle, Hash256 head, IStateProvider state, CancellationToken cancellationToken)
    {
        var query = new SimQuery
        {
            Transactions = [.. bundle.Parts.Select(static part => new SimTransaction(part.Raw, part.Tx.MayRevert))],
            Block = head.ToString(),
            Account = bundle.Draft.Terms.Executor,
            BundleBytes = bundle.Bytes, // durable with the witness, so that the fact about the bundle need not wait for them again
        };
        if (!bundle.IsSigned)
        {
            var (stood, problem) = await StandInOwner.InsteadAsync(query, bundle, head, state, cancellationToken);
            if (problem.Length > 0)
            {
                return new TrialResult(bundle, Hash256.Zero, Judgement: null, FailedLeg: null, problem);
            }

            query = stood;
        }

        var answer = await grains.Simulator(chain).Simulate(query);
        if (answer.Sim is not { } sim)
        {
            return new TrialResult(bundle, Hash256.Zero, Judgement: null, FailedLeg: null, $"A bundle cannot be simulated: {answer.Detail}");
        }

        var fact = sim.Fact;
        return fact.Category == FailureCategory.None
            ? new TrialResult(bundle, fact.Sim, BundleJudgement.Of(bundle, [.. answer.Transactions.Select(static tx => new SimulatedPart(tx.GasUsed, tx.Output))]), FailedLeg: null, string.Empty)
            : new TrialResult(bundle, fact.Sim, Judgement: null, LegOf(bundle, fact.FailedIndex), string.Empty);
    }

    /// <summary>The opportunity that a transaction belongs to: each one ends with the operator's.</summary>
    private static int? LegOf(AssembledBundle bundle, int? part) => part is { } index ? bundle.Parts.Take(index).Count(static before => before.Tx.IsOwn) : null;
}
