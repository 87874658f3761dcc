using Mempulse.Client.Status;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Reorgs;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;

namespace Mempulse.Api.Status;

/// <summary>Derives the health of a chain from the status of its grains.</summary>
internal static class HealthVerdict
{
    public const string Ok = "ok";
    public const string Degraded = "degraded";
    public const string Failed = "failed";
    public const string Starting = "starting";
    public const string Ended = "ended";

    /// <summary>The worst first.</summary>
    private static readonly string[] _byWeight = [Failed, Starting, Degraded, Ok, Ended];

    /// <summary>A fold further behind than this is a problem: a second of the fastest input.</summary>
    private const ulong MaxLagEvents = 100_000;

    /// <summary>The health of a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="log">The status of its log.</param>
    /// <param name="fold">The status of its fold.</param>
    /// <param name="ingest">The latest report of each ingest host.</param>
    /// <param name="expectsLanes">Whether this process runs lanes of the chain: until they report, nothing is known of its sources.</param>
    public static ChainHealthPart Of(ChainId chain, LogStatus log, PoolStatus fold, IReadOnlyList<IngestReport> ingest, bool expectsLanes)
    {
        var lanes = ingest.SelectMany(report => report.Lanes).ToList();
        var unknown = Unknown(lanes, expectsLanes).ToList();
        var sources = lanes.SelectMany(lane => lane.Sources).ToList();
        var running = lanes.Where(lane => lane.IsRunning).SelectMany(lane => lane.Sources).ToList();
        var problems = Problems(log, fold)
            .Concat(ProblemsOfMeaning(fold))
            .Concat(lanes.Where(lane => lane.Failure.Length > 0).Select(lane => $"Lane {lane.Name} is not running: {lane.Failure}"))
            .Concat(lanes.Where(lane => lane.IsRunning).SelectMany(lane => lane.Problems))
            .Concat(SourceProblems(running))
            .Concat(unknown)
            .ToList();
        bool isFailed = log.State == LogState.Failed || fold.Phase is FoldPhase.Failed or FoldPhase.Stopped;
        return new ChainHealthPart
        {
            Chain = chain.ToString(),
            Status = isFailed ? Failed
                : fold.Phase is FoldPhase.Starting or FoldPhase.CatchingUp || unknown.Count > 0 ? Starting
                : problems.Count > 0 ? Degraded
                : lanes.Count > 0 && lanes.All(static lane => !lane.IsRunning) ? Ended
                : Ok,
            Problems = problems,
            Log = log.State.ToString(),
            Fold = fold.Phase.ToString(),
            LagEvents = fold.Lag,
            SenderRecovery = [.. ingest.Select(report => report.SenderRecovery).Where(name => name.Length > 0).Distinct()],
            ConnectedSources = sources.Count(source => source.IsConnected),
            Sources = sources.Count,
        };
    }

    /// <summary>The worst of several.</summary>
    public static string Worst(IReadOnlyList<ChainHealthPart> chains) => _byWeight.First(status => chains.Any(chain => chain.Status == status));

    /// <summary>True if the service can answer its queries.</summary>
    public static bool IsReady(string status) => status is not (Failed or Starting);

    /// <summary>The class of the reason why a chain cannot be served: "log", "fold" or "starting"; null if it can.</summary>
    public static string? ReasonAgainstServing(ChainHealthPart chain) =>
        chain.Log != nameof(LogState.Writable) ? "log"
        : chain.Status == Failed ? "fold"
        : chain.Status == Starting ? Starting
        : null;

    /// <summary>The lanes of which nothing is known yet. A lane that has started has sources, or looks for peers.</summary>
    private static IEnumerable<string> Unknown(List<LaneReport> lanes, bool expectsLanes)
    {
        if (expectsLanes && lanes.Count == 0)
        {
            yield return "The lanes have not reported yet.";
        }

        foreach (var lane in lanes.Where(static lane => lane.IsRunning && lane.Sources.Count == 0 && lane.Peers is null))
        {
            yield return $"Lane {lane.Name} has not started yet.";
        }
    }

    /// <summary>One problem per source, though several lanes use it: the reason of the last attempt, and since when.</summary>
    private static IEnumerable<string> SourceProblems(IEnumerable<SourceReport> sources)
    {
        foreach (var lost in sources.Where(source => !source.IsConnected).GroupBy(source => source.Name, StringComparer.Ordinal))
        {
            var latest = lost.MaxBy(source => source.LastTry)!;
            string since = lost.Where(source => source.ProblemSince != default).Select(source => source.ProblemSince.ToRfc3339()).Min(StringComparer.Ordinal) is { } began
                ? $" Since {began}."
                : string.Empty;
            string tried = latest.LastTry == default ? string.Empty : $" Last try {latest.LastTry.ToRfc3339()}.";
            string reason = latest.Problem.Length > 0 ? latest.Problem : latest.LastLoss.Length > 0 ? latest.LastLoss : "Not connected yet.";
            yield return $"Source {lost.Key} is unavailable: {reason}{since}{tried}";
        }
    }

    private static string BlocksOf(AbandonedStatus left) => left.CommonAncestor is { } ancestor
        ? $"blocks {ancestor.Value + 1} to {left.OldNumber}"
        : $"all known blocks up to {left.OldNumber}";

    private static IEnumerable<string> Problems(LogStatus log, PoolStatus fold)
    {
        if (log.State != LogState.Writable)
        {
            yield return $"The log does not accept records: {log.Detail}";
        }
        else if (log.Detail.Length > 0)
        {
            yield return log.Detail;
        }

        if (fold.Phase == FoldPhase.Failed)
        {
            yield return $"The fold stopped after {fold.Applied}: {fold.Failure}";
        }

        if (fold.Abandoned is [.., { IsAcknowledged: false } left])
        {
            yield return $"The chain was replaced beyond finality at {left.At.ToRfc3339()}: {BlocksOf(left)} of the chain with head {left.OldHead} were abandoned, and the "
                + $"chain with head {left.NewHead} is followed. Transactions confirmed before then belong to the abandoned chain. Start with a new data "
                + $"directory, or set Mempulse:Fold:AcknowledgedHead to {left.NewHead} to continue this log.";
        }

        if (fold.Divergences > 0)
        {
            yield return $"{fold.Divergences} logged derived events differ from what the fold derives. {fold.FirstDivergence}";
        }

        if (fold.Lag > MaxLagEvents)
        {
            yield return $"The fold is {fold.Lag} events behind the log.";
        }
    }

    /// <summary>What keeps transactions from being understood.</summary>
    private static IEnumerable<string> ProblemsOfMeaning(PoolStatus fold)
    {
        if (fold.RegistryProblem.Length > 0)
        {
            yield return $"The latest registry is not in force: {fold.RegistryProblem}";
        }

        if (fold.PoolProblem.Length > 0)
        {
            yield return $"Pools cannot be read, so opportunities are missed: {fold.PoolProblem}";
        }

        if (fold.MarketProblem.Length > 0)
        {
            yield return $"Lending markets cannot be read, so liquidations are missed: {fold.MarketProblem}";
        }

        if (fold.Bundles.Problem.Length > 0)
        {
            yield return $"Bundles cannot be made as they should: {fold.Bundles.Problem}";
        }

        if (fold.DriftingDecoders is [var drifting, ..])
        {
            yield return $"{fold.DriftingDecoders.Count} decoded functions disagree with the chain too often: GET /decoders lists them, the first is {drifting}.";
        }
    }
}
