using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Reorgs;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests.Status;

/// <summary>A condition of a chain, and the verdict of /health on it.</summary>
/// <param name="Status">The status.</param>
/// <param name="Problems">Every problem, word for word.</param>
internal sealed record HealthRow(string Status, params string[] Problems)
{
    private static readonly UnixNanoseconds _t1 = new(1_769_860_800_000_000_000);
    private static readonly UnixNanoseconds _t2 = new(1_769_860_801_000_000_000);
    private static readonly Hash256 _old = new([.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly Hash256 _new = new([.. Enumerable.Repeat((byte)2, 32)]);
    private static readonly SourceReport _connected = new("a", "ws://a", IsConnected: true, 1, 0, _t1, string.Empty);
    private static readonly SourceReport _lost = new("b", "ws://b", IsConnected: false, 1, 1, _t1, "It closed.");

    public LogStatus Log { get; init; } = new() { State = LogState.Writable };

    public PoolStatus Fold { get; init; } = new() { Phase = FoldPhase.Following };

    public IReadOnlyList<IngestReport> Ingest { get; init; } = [Report(Lane("rpc", _connected))];

    /// <summary>Everything works.</summary>
    public static HealthRow Healthy { get; } = new("ok");

    private static string Replaced(string blocks) =>
        $"The chain was replaced beyond finality at 2026-01-31T12:00:00.000000000Z: {blocks} of the chain with head {_old} were abandoned, and the chain with head {_new} is followed. "
        + $"Transactions confirmed before then belong to the abandoned chain. Start with a new data directory, or set Mempulse:Fold:AcknowledgedHead to {_new} to continue this log.";

    public static IReadOnlyDictionary<string, HealthRow> All { get; } = new Dictionary<string, HealthRow>(StringComparer.Ordinal)
    {
        ["all is well"] = Healthy,
        ["a full disk"] = new("degraded", "The log does not accept records: no space") { Log = new() { State = LogState.NoRoom, Detail = "no space" } },
        ["a log out of reach"] = new("degraded", "The log does not accept records: gone") { Log = new() { State = LogState.Unreachable, Detail = "gone" } },
        ["a failed log"] = new("failed", "The log does not accept records: fsync") { Log = new() { State = LogState.Failed, Detail = "fsync" } },
        ["a failed log at the start"] = new("failed", "The log does not accept records: fsync") { Log = new() { State = LogState.Failed, Detail = "fsync" }, Fold = new() { Phase = FoldPhase.Starting } },
        ["a damaged log that is written"] = new("degraded", "The log is damaged. Here.") { Log = new() { State = LogState.Writable, Detail = "The log is damaged. Here." } },
        ["a fold that starts"] = new("starting") { Fold = new() { Phase = FoldPhase.Starting } },
        ["a fold that catches up"] = new("starting") { Fold = new() { Phase = FoldPhase.CatchingUp } },
        ["a fold that failed"] = new("failed", "The fold stopped after 7: bug") { Fold = new() { Phase = FoldPhase.Failed, Applied = new GlobalSeq(7), Watermark = new GlobalSeq(9), Failure = "bug" } },
        ["a fold that was stopped"] = new("failed") { Fold = new() { Phase = FoldPhase.Stopped } },
        ["a fold at the limit of its lag"] = new("ok") { Fold = new() { Phase = FoldPhase.Following, Applied = new GlobalSeq(5), Watermark = new GlobalSeq(100_005) } },
        ["a fold one event further behind"] = new("degraded", "The fold is 100001 events behind the log.") { Fold = new() { Phase = FoldPhase.Following, Applied = new GlobalSeq(5), Watermark = new GlobalSeq(100_006) } },
        ["a divergence"] = new("degraded", "1 logged derived events differ from what the fold derives. At 3.") { Fold = new() { Phase = FoldPhase.Following, Divergences = 1, FirstDivergence = "At 3." } },
        ["a registry's file that cannot be used"] = new("degraded", "The latest registry is not in force: Not JSON.") { Fold = new() { Phase = FoldPhase.Following, RegistryProblem = "Not JSON." } },
        ["lending markets that cannot be read"] = new("degraded", "Lending markets cannot be read, so liquidations are missed: Refuted.") { Fold = new() { Phase = FoldPhase.Following, MarketProblem = "Refuted." } },
        ["bundles that cannot be made"] = new("degraded", "Bundles cannot be made as they should: Too poor.") { Fold = new() { Phase = FoldPhase.Following, Bundles = new("Bundles are made.", "Too poor.", IsOff: false) } },
        ["pools that cannot be read"] = new("degraded", "Pools cannot be read, so opportunities are missed: Refuted.") { Fold = new() { Phase = FoldPhase.Following, PoolProblem = "Refuted." } },
        ["a decoded function that drifts"] = new("degraded", "2 decoded functions disagree with the chain too often: GET /decoders lists them, the first is f() of a (b).") { Fold = new() { Phase = FoldPhase.Following, DriftingDecoders = ["f() of a (b)", "g()"] } },
        ["a chain replaced beyond finality"] = new("degraded", Replaced("blocks 11 to 20")) { Fold = Abandoned(Left(new BlockNumber(10), isAcknowledged: false)) },
        ["a chain replaced without a common ancestor"] = new("degraded", Replaced("all known blocks up to 20")) { Fold = Abandoned(Left(null, isAcknowledged: false)) },
        ["an acknowledged replacement"] = new("ok") { Fold = Abandoned(Left(null, isAcknowledged: false), Left(null, isAcknowledged: true)) },
        ["a replacement after an acknowledged one"] = new("degraded", Replaced("all known blocks up to 20")) { Fold = Abandoned(Left(null, isAcknowledged: true), Left(null, isAcknowledged: false)) },
        ["no report of the lanes"] = new("starting", "The lanes have not reported yet.") { Ingest = [] },
        ["a host without lanes"] = new("starting", "The lanes have not reported yet.") { Ingest = [Report()] },
        ["a lane before it starts"] = new("starting", "Lane blocks has not started yet.") { Ingest = [Report(Lane("rpc", _connected), Lane("blocks"))] },
        ["a lane of peers that looks for some"] = new("degraded", "No peer has connected yet.") { Ingest = [Report(Lane("p2p") with { Peers = Search, Problems = ["No peer has connected yet."] })] },
        ["a lane that failed"] = new("degraded", "Lane rpc is not running: It broke.") { Ingest = [Report(Lane("rpc", _lost) with { IsRunning = false, Failure = "It broke." })] },
        ["a lane that reports a problem"] = new("degraded", "Receipts are late.") { Ingest = [Report(Lane("blocks", _connected) with { Problems = ["Receipts are late."] })] },
        ["a lane that has ended"] = new("ended") { Ingest = [Report(Lane("playback", _lost) with { IsRunning = false, Problems = ["Old."] })] },
        ["one of two lanes has ended"] = new("ok") { Ingest = [Report(Lane("playback", _lost) with { IsRunning = false }, Lane("rpc", _connected))] },
        ["a full disk after the end"] = new("degraded", "The log does not accept records: no space")
        {
            Log = new() { State = LogState.NoRoom, Detail = "no space" },
            Ingest = [Report(Lane("playback", _lost) with { IsRunning = false })],
        },
        ["a source that never connected"] = new("degraded", "Source b is unavailable: Not connected yet.") { Ingest = [Report(Lane("rpc", _connected, _lost with { LastLoss = string.Empty }))] },
        ["a source that was lost"] = new("degraded", "Source b is unavailable: It closed.") { Ingest = [Report(Lane("rpc", _connected, _lost))] },
        ["a source that two lanes of two hosts lost"] = new("degraded", "Source b is unavailable: Newer. Since 2026-01-31T12:00:00.000000000Z. Last try 2026-01-31T12:00:01.000000000Z.")
        {
            Ingest = [Report(Lane("rpc", _lost with { Problem = "Newer.", ProblemSince = _t2, LastTry = _t2 })), Report(Lane("blocks", _lost with { Problem = "Older.", ProblemSince = _t1, LastTry = _t1 }))],
        },
    };

    private static PeerSearchReport Search => new() { Enode = string.Empty, Configured = [], DiscoveredNodes = 0, DiscoveredFailures = [], DiscoveredSample = [], InboundFailures = [], InboundSample = [] };

    public static IngestReport Report(params LaneReport[] lanes) => new() { Host = "node", Time = default, SenderRecovery = "libsecp256k1", Lanes = lanes };

    private static LaneReport Lane(string name, params SourceReport[] sources) => new() { Name = name, IsRunning = true, IsLogAvailable = true, Sources = sources };

    private static PoolStatus Abandoned(params AbandonedStatus[] left) => new() { Phase = FoldPhase.Following, Abandoned = left };

    private static AbandonedStatus Left(BlockNumber? ancestor, bool isAcknowledged) => new(_t1, _old, new BlockNumber(20), _new, new BlockNumber(21), ancestor, isAcknowledged);
}
