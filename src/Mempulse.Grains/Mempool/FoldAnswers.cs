using System.Diagnostics;
using Mempulse.Features.Book;
using Mempulse.Features.Rules;
using Mempulse.Folding.Following;
using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Reorgs;
using Mempulse.Grains.Abstractions.Rules;
using Mempulse.Grains.Abstractions.Senders;
using Mempulse.Grains.Abstractions.Sources;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay;

namespace Mempulse.Grains.Mempool;

/// <summary>Builds answers from the fold's state.</summary>
internal static class FoldAnswers
{
    private static readonly TxState[] _states = Enum.GetValues<TxState>();
    private static readonly FollowerCounters _nothingFollowed = new();

    /// <summary>The window of the coverage in the metrics.</summary>
    private const int CoverageMinutes = 10;

    /// <summary>Newest transactions of one source that a lane resumes from: what a source remembers by default.</summary>
    private const int MaxHeldPerSource = 1 << 17;

    public static PoolStatus Status(FoldLoop fold, string? acknowledged, string registryProblem)
    {
        var engine = fold.Engine;
        return new PoolStatus
        {
            Phase = PhaseOf(fold),
            Applied = engine.Applied,
            Watermark = fold.Follower?.Watermark ?? engine.Applied,
            Digest = engine.Digest(),
            TxsByState = CountStates(engine),
            HeadNumber = engine.Pool.Head?.Number,
            HeadHash = engine.Pool.Head?.Hash,
            Divergences = (long)engine.DivergenceCount,
            FirstDivergence = engine.Divergences.Count > 0 ? engine.Divergences[0].ToString() : string.Empty,
            DerivedWaiting = engine.ExpectedCount,
            Checkpoint = fold.Checkpoint,
            EventTime = engine.EventTime,
            LastObservedAt = engine.Observations.LastObservedAt,
            Follower = StatusOf(fold.Follower?.ReadCounters() ?? _nothingFollowed),
            Failure = fold.Failure?.Message ?? string.Empty,
            Sources = Sources(fold),
            Abandoned = Abandoned(engine, acknowledged),
            Registry = Registry(engine),
            RegistryProblem = registryProblem,
            DriftingDecoders = DecoderAnswers.DriftingIn(engine),
        };
    }

    /// <summary>The registry in force; null before the log states one.</summary>
    public static RegistryStatus? Registry(ReplayEngine engine) =>
        engine.View<IRulesView>().Registry is { } rules ? new RegistryStatus(rules.Registry.ContentHash, rules.Name, rules.Since) : null;

    public static IReadOnlyList<FoldedBlock>? CanonicalBlocks(FoldLoop fold) => fold.Phase == FoldLoopPhase.Following
        ? [.. fold.Engine.Pool.CanonicalBlocks().Select(block => new FoldedBlock(block.Number, block.Hash, block.ParentHash, block.LacksReceipts))]
        : null;

    public static IReadOnlyList<HeldTransactions> Holdings(FoldLoop fold) =>
        [.. fold.Engine.Observations.Holdings(MaxHeldPerSource).Select(static held => new HeldTransactions(held.Source, held.Transactions))];

    public static FoldReading Reading(FoldLoop fold)
    {
        var follower = fold.Follower?.ReadCounters() ?? _nothingFollowed;
        ulong watermark = fold.Follower?.Watermark.Value ?? 0;
        ulong applied = fold.Engine.Applied.Value;
        var lanes = fold.Engine.Observations.Propagation(CoverageMinutes).Lanes.Where(static lane => lane.Name.Length > 0);
        return new FoldReading
        {
            Applied = applied,
            LagEvents = watermark > applied ? watermark - applied : 0,
            TxsByState = [.. _states.Select(state => (Name(state), (long)fold.Engine.Pool.CountOf(state)))],
            Divergences = (long)fold.Engine.DivergenceCount,
            AbandonedChains = fold.Engine.Pool.Abandoned.Count,
            Grades = DecoderAnswers.Counts(fold.Engine),
            DriftingDecoders = DecoderAnswers.DriftingIn(fold.Engine).Count,
            Pools = BookAnswers.Counts(fold.Engine),
            BookLeftOut = BookAnswers.LeftOut(fold.Engine),
            InexactTokens = fold.Engine.View<IPoolWatch>().InexactTokens.Count,
            Borrowers = MarketAnswers.Counts(fold.Engine),
            Opportunities = OpportunityAnswers.Counts(fold.Engine),
            OpportunityFates = OpportunityAnswers.Fates(fold.Engine),
            Coverable = [.. lanes.Select(static lane => (lane.Name, (long)lane.Coverable))],
            Covered = [.. lanes.Select(static lane => (lane.Name, (long)lane.Covered))],
            FollowedEvents = follower.Events,
            StreamedEvents = follower.OfferedEvents,
            Incidents =
            [
                ("duplicate", follower.Duplicates),
                ("hole", follower.Holes),
                ("stall", follower.Stalls),
                ("silence", follower.Silences),
                ("stale_epoch", follower.StaleEpochs),
                ("overflow", follower.Overflows),
            ],
        };
    }

    public static FoldedTx Tx(FoldLoop fold, Hash256 hash) => new()
    {
        Sources = Sources(fold),
        Spread = ObservationAnswers.Spread(fold, hash),
        Abandoned = Abandoned(fold.Engine, acknowledged: null),
        Opportunities = OpportunityAnswers.OfTx(fold.Engine, hash),
    };

    public static SenderView Sender(FoldLoop fold, Address address)
    {
        bool isHeld = fold.Engine.Pool.TryGetSender(address, out var account);
        return new SenderView
        {
            Address = address,
            AsOf = fold.Engine.Applied,
            IsHeld = isHeld,
            NextNonce = account?.Next,
            NonceKnowledge = account?.Knowledge.ToString() ?? string.Empty,
            Transactions = account is null ? [] : [.. account.Nonces.Select(nonce => new SenderTx(nonce.Nonce, nonce.Hash, nonce.State))],
            NonceCount = account?.NonceCount ?? 0,
            Gaps = account is null ? [] : [.. account.Gaps.Select(gap => new SenderGap(gap.First, gap.Last))],
        };
    }

    public static long[] CountStates(ReplayEngine engine) => [.. _states.Select(state => (long)engine.Pool.CountOf(state))];

    /// <summary>Acknowledging the newest replacement acknowledges those before it.</summary>
    private static IReadOnlyList<AbandonedStatus> Abandoned(ReplayEngine engine, string? acknowledged)
    {
        bool isAcknowledged = engine.Pool.Abandoned is [.., var newest] && Hash256.TryParse(acknowledged, out var head) && newest.NewHead == head;
        return [.. engine.Pool.Abandoned.Select(left => new AbandonedStatus(
            left.At, left.OldHead, left.OldNumber, left.NewHead, left.NewNumber, left.CommonAncestor, isAcknowledged))];
    }

    private static FoldPhase PhaseOf(FoldLoop fold) => fold.Phase switch
    {
        FoldLoopPhase.Starting => FoldPhase.Starting,
        FoldLoopPhase.CatchingUp => FoldPhase.CatchingUp,
        FoldLoopPhase.Following => FoldPhase.Following,
        FoldLoopPhase.Stopped => FoldPhase.Stopped,
        FoldLoopPhase.Failed => FoldPhase.Failed,
        _ => throw new UnreachableException(),
    };

    private static FollowerStatus StatusOf(FollowerCounters counters) => new()
    {
        Events = counters.Events,
        StreamedEvents = counters.OfferedEvents,
        Duplicates = counters.Duplicates,
        Holes = counters.Holes,
        Stalls = counters.Stalls,
        Silences = counters.Silences,
        StaleEpochs = counters.StaleEpochs,
        Overflows = counters.Overflows,
    };

    private static IReadOnlyList<PoolSourceStatus> Sources(FoldLoop fold) => [.. fold.Engine.Observations.Sources().Select(source => new PoolSourceStatus(
        source.Id, source.Name, source.IsConnected, source.IsSynthetic, source.Sightings, source.Firsts))];

    private static string Name(TxState state) => state switch
    {
        TxState.Unknown => "unknown",
        TxState.Seen => "seen",
        TxState.Pending => "pending",
        TxState.Queued => "queued",
        TxState.Included => "included",
        TxState.Confirmed => "confirmed",
        TxState.Replaced => "replaced",
        TxState.Expired => "expired",
        TxState.Left => "left",
        _ => throw new UnreachableException(),
    };
}
