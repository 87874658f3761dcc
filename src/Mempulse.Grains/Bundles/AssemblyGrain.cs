using Mempulse.Builder.Assembly;
using Mempulse.ChainState;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Simulations;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Orleans.Placement;

namespace Mempulse.Grains.Bundles;

/// <summary>Makes the bundle of the next block. It remembers nothing that decides: what there is, the fold says, and what it builds follows from that.</summary>
/// <remarks>Not reentrant, so that one look ends before the next one begins. A crash at any point is repaired by the next look: the same opportunities give the same bundle.</remarks>
[GrainType("mempulse.assembly"), KeepAlive, PreferLocalPlacement, Immovable]
internal sealed class AssemblyGrain(BundleHost host, SimHost states, TxBodies transactions, BundleMeter meter, TimeProvider time) : Grain, IAssemblyGrain
{
    /// <summary>Opportunities that are looked at.</summary>
    private const int MaxCandidates = 64;

    private BundleSearch? _search;
    private AssembledBundle? _latest;
    private OperatorWatch? _watch;

    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    public async ValueTask<AssemblyReport> Turn()
    {
        string standing = host.StandingOf(Chain);
        if (host.OperatorOf(Chain) is not { } acts)
        {
            return new AssemblyReport(standing, string.Empty, IsOff: true);
        }

        if (states.StateOf(Chain) is not { } state)
        {
            return new AssemblyReport(standing, "No node is configured for the chain's state.", IsOff: true);
        }

        using var patience = new CancellationTokenSource(states.Patience, time);
        try
        {
            using var span = Spans.Start(Spans.Assemble, Chain);
            return new AssemblyReport(standing, await LookAsync(acts, state, patience.Token), IsOff: false);
        }
        catch (StateUnavailableException unavailable)
        {
            return new AssemblyReport(standing, unavailable.Message, IsOff: false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return new AssemblyReport(standing, $"The node did not provide the state within {states.Patience.TotalSeconds} s.", IsOff: false);
        }
    }

    /// <returns>What failed, in a sentence; empty if nothing did.</returns>
    private async ValueTask<string> LookAsync(OperatorPlan acts, IStateProvider state, CancellationToken stop)
    {
        long begun = time.GetTimestamp();
        if (await GrainFactory.Mempool(Chain).GetBundlePlan(MaxCandidates) is not { } plan)
        {
            return string.Empty;
        }

        var (account, problem) = await FollowAsync(acts, state, plan, stop);
        if (account is null)
        {
            return problem;
        }

        var terms = await TermsAsync(acts, state, plan, account, stop);
        var open = plan.Bundles.LastOrDefault(bundle => bundle.Operator == acts.Account && bundle.Target == terms.Target && bundle.End == BundleEnd.None);
        var last = await (_search ??= new BundleSearch(Chain, GrainFactory, transactions)).RunAsync(plan, terms, acts.Key, state, stop);
        var changes = new List<LogEvent>(BundleRecord.PassedOver(plan, acts.Account));
        var built = last is { IsGood: true } && last.Bundle.Id != open?.Id && await IsNewAsync(last.Bundle) ? last.Bundle : null;
        if (built is not null)
        {
            changes.Add(BundleRecord.Built(last!, plan, host.Options.Sending));
        }

        if (open is not null)
        {
            var own = last?.Bundle.Id == open.Id ? last : await AgainAsync(open, plan, state, stop);
            if (BundleEnding.Of(open, built, plan, account, last, own) is var end and not BundleEnd.None)
            {
                changes.Add(BundleRecord.Ended(open, plan.Head, end, own?.Profit ?? default, built?.Id));
            }
        }

        problem = await RecordAsync(changes) is { Length: > 0 } refusal ? refusal : problem;
        if (built is not null && problem.Length == 0)
        {
            meter.Built(Chain, time.GetElapsedTime(begun));
            _latest = built;
        }

        Advance(built?.Id, open?.Id);
        return problem.Length > 0 ? problem : last is { Problem.Length: > 0 } or { IsGood: true } ? last.Problem : _search.Shortage;
    }

    /// <summary>Simulates the bundle on the head if that is a sibling of the block that it was built on: its opportunity is computed anew there, which takes longer.</summary>
    /// <returns>What the simulation says; null if the head is its base, or if another process built it.</returns>
    private async ValueTask<TrialResult?> AgainAsync(BundleSummary open, BundlePlan plan, IStateProvider state, CancellationToken stop) =>
        open.Base != plan.Head && _latest?.Id == open.Id ? await _search!.TryAsync(_latest, plan.Head, state, stop) : null;

    /// <summary>Reads the operator's account, and records it if it changed.</summary>
    private async ValueTask<(LogEvent.AccountStateObserved? Account, string Problem)> FollowAsync(OperatorPlan acts, IStateProvider state, BundlePlan plan, CancellationToken stop)
    {
        _watch ??= new OperatorWatch(acts.Account);
        var (account, problem) = await _watch.ReadAsync(state, plan.Head, plan.HeadNumber, stop);
        if (account is not null && _watch.IsNews(account))
        {
            problem = await GrainFactory.RecordAsync(Chain, time, content: null, account);
            if (problem.Length == 0)
            {
                _watch.Recorded(account);
            }
        }

        return (account, problem);
    }

    private async ValueTask<BundleTerms> TermsAsync(OperatorPlan acts, IStateProvider state, BundlePlan plan, LogEvent.AccountStateObserved account, CancellationToken stop)
    {
        var header = await state.HeaderAsync(plan.Head.ToString(), stop);
        return new BundleTerms
        {
            Chain = Chain,
            Executor = acts.Executor,
            Operator = acts.Account,
            Nonce = account.Next,
            Target = new BlockNumber(plan.HeadNumber.Value + 1),
            BaseFee = FeeBound.After(header.BaseFeePerGas ?? default, 1),
            Tip = new Wei(UInt256.FromUInt64((ulong)host.Options.TipWeiPerGas)),
            Payment = host.Options.Payment,
            Bounds = host.Options.Bounds,
            Funds = acts.Key is null ? null : account.Balance,
        };
    }

    /// <summary>A bundle that was withdrawn is not built again for the same block: relays may know its name.</summary>
    private async ValueTask<bool> IsNewAsync(AssembledBundle bundle) => await GrainFactory.Mempool(Chain).GetBundleTask(bundle.Id, []) is null;

    private async ValueTask<string> RecordAsync(List<LogEvent> changes)
    {
        using var span = Spans.Start(Spans.RecordBundle, Chain);
        string problem = changes.Count == 0 ? string.Empty : await GrainFactory.RecordAsync(Chain, time, content: null, changes); // the bytes of what is built are stored with its simulation
        if (problem.Length == 0)
        {
            changes.ForEach(change => meter.Changed(Chain, BundleRecord.NameOf(change)));
        }

        return problem;
    }

    /// <summary>Lets bundles go on by themselves. One that cannot is asked again at the next look.</summary>
    private void Advance(params IEnumerable<Hash256?> bundles)
    {
        foreach (var bundle in bundles)
        {
            if (bundle is { } id)
            {
                GrainFactory.Bundle(Chain, id).Advance().AsTask().Ignore();
            }
        }
    }
}
