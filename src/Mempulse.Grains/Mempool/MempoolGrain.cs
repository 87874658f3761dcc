using System.Diagnostics;
using Mempulse.Features.Reasons;
using Mempulse.Features.Scoring;
using Mempulse.Folding.Live;
using Mempulse.Folding.Reasons;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Grains.Abstractions.Competition;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Grains.Abstractions.Markets;
using Mempulse.Grains.Abstractions.Decoding;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Grains.Abstractions.Ranking;
using Mempulse.Grains.Abstractions.Relays;
using Mempulse.Grains.Abstractions.Rules;
using Mempulse.Grains.Abstractions.Senders;
using Mempulse.Grains.Abstractions.Sources;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Grains.Bundles;
using Mempulse.Grains.Folding;
using Mempulse.Grains.Listing;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Opportunities;
using Mempulse.Grains.Placement;
using Mempulse.Grains.Ranking;
using Mempulse.Grains.Rules;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Reasons;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace Mempulse.Grains.Mempool;

/// <summary>Hosts a chain's fold next to its log and answers queries between the fold's slices.</summary>
/// <remarks>Not reentrant, but for rankings and explanations. The fold runs as a task on the grain's scheduler, so it never runs at the same time as a call.</remarks>
[GrainType("mempulse.mempool"), BesideLog, KeepAlive, PreferLocalPlacement, Immovable]
internal sealed class MempoolGrain(
    LogHost logs,
    CheckpointDirectory checkpoints,
    RulesHost rules,
    FoldMeter meter,
    IOptions<FoldOptions> options,
    IOptions<RankOptions> ranking,
    TimeProvider time,
    ILogger<MempoolGrain> log) : Grain, IMempoolGrain, IDisposable
{
    private readonly SemaphoreSlim _oneWalk = new(1);
    private readonly SemaphoreSlim _oneQuestion = new(1);
    private FoldLoop? _fold;
    private OpportunityDesk? _desk;
    private BundleDesk? _bundles;
    private TxLists? _lists;
    private Task _running = Task.CompletedTask;
    private IDisposable? _gauges;
    private string _poolProblem = string.Empty;
    private int _poolsUnread;
    private string _marketProblem = string.Empty;

    private FoldLoop Fold => _fold ?? throw new InvalidOperationException("The fold is not active.");

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var chain = GrainKeys.ChainOf(this.GetPrimaryKeyString());
        var chainLog = logs.Of(chain);
        var bundles = _bundles = new BundleDesk(chain, GrainFactory, time);
        var desk = _desk = new OpportunityDesk(chain, GrainFactory, meter, time, bundles.Nudge);
        _fold = new FoldLoop(
            new SequencedFoldLog(chainLog, GrainFactory.Sequencer(chain), desk.Appended),
            checkpoints.Of(chain),
            options.Value,
            new FoldReports(chain, chainLog.Progress, meter, log) { Moved = LookForBundles },
            time);
        _lists = new TxLists(() => Fold.Engine, Profile(null), time);
        var readings = new FoldReadings();
        _gauges = meter.Observe(chain, () => readings.Latest);
        _running = RunAsync(_fold, readings, desk, bundles);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => await StopAsync();

    public void Dispose()
    {
        _gauges?.Dispose();
        _fold?.Dispose();
        _oneWalk.Dispose();
        _oneQuestion.Dispose();
        _lists?.Dispose();
    }

    public ValueTask Start() => ValueTask.CompletedTask;

    public async ValueTask Suspend() => await StopAsync();

    public ValueTask<PoolStatus> GetStatus() => ValueTask.FromResult(FoldAnswers.Status(Fold, options.Value.AcknowledgedHead, rules.Problem) with { Book = BookAnswers.Status(Fold.Engine, _poolsUnread), PoolProblem = _poolProblem, Markets = MarketAnswers.Status(Fold.Engine), MarketProblem = _marketProblem, Bundles = _bundles!.Report });

    public ValueTask<RegistryStatus?> GetRegistry() => ValueTask.FromResult(FoldAnswers.Registry(Fold.Engine));

    public ValueTask<DecoderGrades> GetDecoders() => ValueTask.FromResult(DecoderAnswers.Of(Fold.Engine));

    public ValueTask<BookPlan?> GetBookPlan(int mostWanted, int mostSamples, string problem, int unread)
    {
        (_poolProblem, _poolsUnread) = (problem, unread);
        return ValueTask.FromResult(BookAnswers.Plan(Fold.Engine, mostWanted, mostSamples));
    }

    public ValueTask<MarketPlan?> GetMarketPlan(int mostAccounts, int mostSamples, string problem)
    {
        _marketProblem = problem;
        return ValueTask.FromResult(MarketAnswers.Plan(Fold.Engine, mostAccounts, mostSamples));
    }

    public ValueTask<BundlePlan?> GetBundlePlan(int mostCandidates) => ValueTask.FromResult(BundleAnswers.Plan(Fold.Engine, mostCandidates));

    public ValueTask<ExaminationTask?> GetExamination() => ValueTask.FromResult(BundleAnswers.Examination(Fold.Engine));

    public ValueTask<BundleTask?> GetBundleTask(Hash256 bundle, IReadOnlyList<string> relays) => ValueTask.FromResult(BundleAnswers.Task(Fold.Engine, bundle, relays));

    public ValueTask<IReadOnlyList<DriftingFunction>> GetDriftingFunctions() => ValueTask.FromResult(DecoderAnswers.Drifting(Fold.Engine));

    public ValueTask<FoldedTx> FindTx(Hash256 hash) => ValueTask.FromResult(FoldAnswers.Tx(Fold, hash) with { Appraisal = RankAnswers.Appraise(Fold.Engine, hash, Profile(null)) });

    /// <remarks>It interleaves with other calls, and the fold goes on between its slices. One walk at a time, so that many do not take the fold's time.</remarks>
    public async ValueTask<RankAnswer> GetRanking(int limit, string? profile)
    {
        var walk = new RankingWalk(Profile(profile), limit);
        await _oneWalk.WaitAsync();
        try
        {
            while (walk.Continue(FoldViews.Of(Fold.Engine)))
            {
                await Task.Yield();
            }

            return RankAnswers.Top(Fold.Engine, walk);
        }
        finally
        {
            _oneWalk.Release();
        }
    }

    public async ValueTask<TxListPage> ListTxs(TxListQuery query)
    {
        var list = (await _lists!.LatestAsync()).Latest;
        return await Task.Run(() => TxListAnswers.Page(list, query));
    }

    public async ValueTask<TxPlot> PlotTxs(GlobalSeq since) => TxPlotAnswers.Of(await _lists!.LatestAsync(), since);

    public async ValueTask<TxListChanges> ListTxChanges(GlobalSeq since) => TxListAnswers.Changes((await _lists!.LatestAsync()).Since(since));

    public ValueTask<OppPage> ListOpportunities(OppQuery query) => ValueTask.FromResult(OpportunityAnswers.Page(Fold.Engine, query, _desk!.ProblemOf));

    public ValueTask<OppView?> FindOpportunity(Hash256 id) => ValueTask.FromResult(OpportunityAnswers.Find(Fold.Engine, id, _desk!.ProblemOf));

    /// <remarks>It interleaves with other calls: the standing is taken between two slices of the fold, and the log is read beside them, one question at a time.</remarks>
    public async ValueTask<WhyAnswer> ExplainTx(Hash256 hash)
    {
        await _oneQuestion.WaitAsync();
        try
        {
            var (standing, log) = (TxStanding.Of(Fold.Engine, hash), logs.Of(GrainKeys.ChainOf(this.GetPrimaryKeyString())).Reader);
            return await Task.Run(() => TxWhy.Of(standing, new LoggedRecords(log, standing.AsOf)));
        }
        finally
        {
            _oneQuestion.Release();
        }
    }

    public ValueTask<SenderView> FindSender(Address address) => ValueTask.FromResult(FoldAnswers.Sender(Fold, address));

    public ValueTask<IReadOnlyList<HeldTransactions>> GetHoldings() => ValueTask.FromResult(FoldAnswers.Holdings(Fold));

    public ValueTask<IReadOnlyList<FoldedBlock>?> CanonicalBlocks() => ValueTask.FromResult(FoldAnswers.CanonicalBlocks(Fold));

    public ValueTask<Propagation> GetPropagation(int minutes) => ValueTask.FromResult(ObservationAnswers.Spreading(Fold, minutes));

    public ValueTask<IReadOnlyList<KnownObserver>> GetObservers() => ValueTask.FromResult(ObservationAnswers.Observers(Fold));

    public ValueTask<GapAnswer> GetGaps(UnixNanoseconds first, UnixNanoseconds last) => ValueTask.FromResult(ObservationAnswers.Gaps(Fold, first, last));

    /// <remarks>It interleaves with other calls: the audit is taken between two slices of the fold, and the log is read beside them, one question at a time.</remarks>
    public async ValueTask<AuditAnswer> FindAudit(AuditQuery query)
    {
        await _oneQuestion.WaitAsync();
        try
        {
            var (page, log) = (AuditAnswers.Page(Fold.Engine, query), logs.Of(GrainKeys.ChainOf(this.GetPrimaryKeyString())).Reader);
            return await Task.Run(() => AuditAnswers.Of(page, log));
        }
        finally
        {
            _oneQuestion.Release();
        }
    }

    public ValueTask<RelaysAnswer> GetRelays() => ValueTask.FromResult(RelayAnswers.Of(Fold.Engine));

    private void LookForBundles()
    {
        if (_fold is { Phase: FoldLoopPhase.Following } fold)
        {
            _bundles!.Look(fold.Engine);
        }
    }

    private RankProfile Profile(string? id) =>
        RankProfile.Find(id ?? ranking.Value.Profile) ?? throw new ArgumentException($"'{id}' is not a valid profile.", nameof(id));

    private async Task RunAsync(FoldLoop fold, FoldReadings readings, OpportunityDesk desk, BundleDesk bundles)
    {
        Activity.Current = null; // the fold outlives the call that starts it, so its appends start their own traces
        var loop = fold.RunAsync();
        while (!loop.IsCompleted)
        {
            readings.Latest = FoldAnswers.Reading(fold);
            if (fold.Phase == FoldLoopPhase.Following)
            {
                desk.Sweep(fold.Engine);
                bundles.Sweep(fold.Engine);
            }

            await Task.WhenAny(loop, Task.Delay(FoldReadings.Period, time));
        }

        await loop;
        readings.Latest = FoldAnswers.Reading(fold);
    }

    private async Task StopAsync()
    {
        if (_fold is { } fold)
        {
            fold.Stop();
            await _running;
            await fold.SaveAsync();
        }
    }
}
