using Mempulse.Builder.Assembly;
using Mempulse.Builder.Operators;
using Mempulse.ChainState;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Grains.Logs;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Grains.Bundles;

/// <summary>Finds the best bundle that pays on the head: assembles, signs, simulates, and leaves out what fails or disturbs.</summary>
/// <remarks>Confined to its grain.</remarks>
internal sealed class BundleSearch(ChainId chain, IGrainFactory grains, TxBodies transactions)
{
    /// <summary>Bundles that are simulated in one search.</summary>
    private const int MaxTrials = 4;

    private readonly CandidateReader _candidates = new(chain, transactions);
    private readonly BundleTrial _trial = new(chain, grains);

    /// <summary>Why the operator could not pay for the best opportunity of the last search, in a sentence; empty if it could.</summary>
    public string Shortage { get; private set; } = string.Empty;

    /// <summary>The last bundle that was tried, which is the best one if it is good; null if none could be assembled.</summary>
    /// <param name="plan">What the fold has.</param>
    /// <param name="terms">The terms of the block.</param>
    /// <param name="key">The operator's key; null for none.</param>
    /// <param name="state">The state of the chain.</param>
    /// <param name="stop">Ends the search.</param>
    public async ValueTask<TrialResult?> RunAsync(BundlePlan plan, BundleTerms terms, OperatorKey? key, IStateProvider state, CancellationToken stop)
    {
        var left = new List<BundleCandidate>();
        foreach (var opp in plan.Candidates)
        {
            if (await _candidates.ReadAsync(opp) is { } candidate)
            {
                left.Add(candidate);
            }
        }

        Shortage = BundleAssembly.ShortageOf(left, terms);
        TrialResult? last = null;
        for (int trial = 0; trial < MaxTrials && BundleAssembly.Choose(left, terms) is { } draft; trial++)
        {
            var bundle = await Task.Run(() => Sign(draft, key), stop);
            last = await _trial.RunAsync(bundle, plan.Head, state, stop);
            if (last.IsGood || last.Problem.Length > 0)
            {
                break;
            }

            var worst = last.Worst;
            left.RemoveAll(candidate => candidate.Opportunity == worst);
        }

        return last;
    }

    /// <summary>Simulates one bundle on the head.</summary>
    public ValueTask<TrialResult> TryAsync(AssembledBundle bundle, Hash256 head, IStateProvider state, CancellationToken stop) => _trial.RunAsync(bundle, head, state, stop);

    private AssembledBundle Sign(BundleDraft draft, OperatorKey? key)
    {
        using var span = Spans.Start(Spans.Sign, chain);
        return AssembledBundle.Of(draft, key);
    }
}
