using Mempulse.Features.Opportunities;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Grains.Abstractions.Competition;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Outcomes.Bundles;
using Mempulse.Outcomes.Relays;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay;

namespace Mempulse.Grains.Mempool;

/// <summary>Builds answers about bundles from the fold's state.</summary>
internal static class BundleAnswers
{
    /// <summary>Bundles of one block that are looked at; one operator makes a few.</summary>
    private const int MaxBundles = 256;

    /// <summary>What bundles can be made of now; null before the first block.</summary>
    public static BundlePlan? Plan(ReplayEngine engine, int mostCandidates) => engine.Pool.Head is not { } head ? null : new BundlePlan
    {
        Head = head.Hash,
        HeadNumber = head.Number,
        Candidates = Candidates(engine, mostCandidates),
        Bundles = [.. Recent(engine.View<IBundleView>(), head.Number).OrderBy(static bundle => bundle.BuiltAt.Value).Select(Summary)],
    };

    /// <summary>What is to be done with a bundle; null if it is not held.</summary>
    public static BundleTask? Task(ReplayEngine engine, in Hash256 bundle, IReadOnlyList<string> relays)
    {
        if (!engine.View<IBundleView>().TryGet(bundle, out var standing) || engine.Pool.Head is not { } head)
        {
            return null;
        }

        var newest = engine.View<IBundleView>().Newest(standing.Built.Uuid) ?? standing;
        return new BundleTask
        {
            Bundle = Summary(standing),
            HeadNumber = head.Number,
            Relays = [.. relays.Select(relay => Of(engine, standing, newest, relay))],
            NewestSequence = newest.Built.Sequence,
            NewestMaySend = newest.MaySend,
        };
    }

    /// <summary>A bundle whose block is to be executed again with it; null for none.</summary>
    public static ExaminationTask? Examination(ReplayEngine engine) =>
        engine.View<IBundleView>().ToExamine(1) is [{ TargetBlock: { } block } standing] ? new ExaminationTask(Summary(standing), block, standing.Built.Account, standing.Built.Token) : null;

    private static IReadOnlyList<OppView> Candidates(ReplayEngine engine, int most) =>
    [
        .. engine.View<IOpportunityView>().List(new OpportunityQuery { Status = OppStatus.Open, Strategy = null, MinScore = null, Limit = int.MaxValue })
            .Where(static opp => opp.Detected.Purpose == OppPurpose.Gain && opp.Simulation is { Category: FailureCategory.None, Profit: { IsLoss: false, Amount.Value.IsZero: false } })
            .OrderByDescending(static opp => opp.Simulation!.Value.Profit.Amount.Value).ThenBy(static opp => opp.Detected.Opp)
            .Take(most).Select(opp => OpportunityAnswers.Of(engine, opp)),
    ];

    private static IEnumerable<BundleStanding> Recent(IBundleView view, BlockNumber head) =>
        view.ForTarget(head, MaxBundles).Concat(view.ForTarget(new BlockNumber(head.Value + 1), MaxBundles));

    private static BundleSummary Summary(BundleStanding standing)
    {
        var built = standing.Built;
        return new BundleSummary
        {
            Id = built.Bundle,
            Base = built.Base,
            Target = built.Target,
            Opportunities = built.Opportunities,
            Content = built.Content,
            Operator = built.Operator,
            Nonce = built.Transactions.FirstOrDefault(static tx => tx.IsOwn).Nonce,
            BaseFee = built.BaseFee,
            Uuid = built.Uuid,
            Sequence = built.Sequence,
            IsSigned = built.IsSigned,
            IsDryRun = built.IsDryRun,
            MayRevert = [.. built.Transactions.Where(static tx => tx.MayRevert).Select(static tx => tx.Hash)],
            End = standing.End,
            IsCancelled = standing.IsCancelled,
            MaySend = standing.MaySend,
            WasAttempted = standing.Requests.Any(static request => request.LastStarted > 0),
            HasLanded = standing.Outcome?.Verdict == BundleVerdict.Landed,
        };
    }

    private static RelayTask Of(ReplayEngine engine, BundleStanding standing, BundleStanding newest, string relay)
    {
        var last = engine.View<IBundleView>().UuidAt(relay, standing.Built.Uuid);
        return new RelayTask
        {
            Relay = relay,
            MayAsk = !engine.View<IRelayView>().TryGet(relay, out var health) || health.MaySend,
            Send = Of(standing, relay, RelayCommandKind.SendBundle),
            Cancel = Of(standing, relay, RelayCommandKind.CancelBundle),
            LastBundle = last?.Bundle,
            LastSequence = last?.Sequence ?? 0,
            AlsoHeld = engine.View<IBundleView>().AlsoHeldAt(relay, standing.Built.Bundle),
            Newest = newest.Built.Bundle == standing.Built.Bundle ? null : Of(newest, relay, RelayCommandKind.SendBundle),
        };
    }

    private static RelayRequestView Of(BundleStanding standing, string relay, RelayCommandKind command) =>
        standing.Requests.FirstOrDefault(request => request.Relay == relay && request.Command == command) is { } request
            ? new RelayRequestView { LastStarted = request.LastStarted, LastAnswered = request.LastAnswered, Consequence = request.Consequence, Refusal = request.Refusal }
            : new RelayRequestView();
}
