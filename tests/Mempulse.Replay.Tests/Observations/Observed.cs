using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Observations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Observations;

/// <summary>A log with chosen lanes, sources and times; times are milliseconds after a full minute.</summary>
internal sealed class Observed
{
    public const long StartNanoseconds = 1_700_000_040_000_000_000; // a full minute

    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly Dictionary<string, ulong> _localSeqs = [];
    private readonly List<BlockTx> _none = [];
    private ulong _blocks;

    public ScenarioLog Log { get; } = new();

    public ReplayEngine Engine { get; } = ReplayEngine.Create(Scenario.Chain);

    public IObservationView View => Engine.Observations;

    public static UnixNanoseconds At(long milliseconds) => new(StartNanoseconds + (milliseconds * NanosecondsPerMillisecond));

    public Observed Epoch(long at) => Fact(at, "writer", string.Empty, new LogEvent.EpochStarted(new Epoch(1), Scenario.Chain, "test", new FoldParameters()));

    public Observed Connect(long at, string source, string lane = "rpc") =>
        Fact(at, lane, source, new LogEvent.SourceConnected(source, lane, "ws://127.0.0.1", Scenario.Chain, "geth", IsSynthetic: false));

    public Observed ConnectPeer(long at, string source) =>
        Fact(at, "p2p", source, new LogEvent.PeerConnected(Named.Tx(source), source, "p2p", "Geth/v1", 69, "127.0.0.1:30303", IsInbound: true));

    public Observed Lose(long at, string source, string lane = "rpc") => Fact(at, lane, source, new LogEvent.SourceLost(source, SourceLossReason.Closed, "closed"));

    public Observed Seen(long at, string tx, string source, string lane = "rpc") =>
        Fact(at, lane, source, new LogEvent.TxSeen(Named.Tx(tx), SightingVia.PeerAnnouncement));

    public Observed Throttle(long at, string source, ulong count, string lane = "p2p") => Fact(
        at, lane, source, new LogEvent.TxIngestDropped(default, DropReason.PeerThrottled, lane, "peer limit", 0, 0, count, default, string.Empty, default));

    public Observed Drop(long at, string source, DropReason reason, long spanMilliseconds, string lane = "p2p") => Fact(
        at,
        lane,
        source,
        new LogEvent.TxIngestDropped(default, reason, lane, "queue", 0, 0, 7, default, string.Empty, default) { SpanNanoseconds = (ulong)(spanMilliseconds * NanosecondsPerMillisecond) });

    public Observed Block(long at, params string[] txs)
    {
        _blocks++;
        return Fact(at, "blocks", "node", new LogEvent.BlockObserved
        {
            Hash = Named.Block($"{_blocks}"),
            Number = new BlockNumber(_blocks),
            ParentHash = Named.Block($"{_blocks - 1}"),
            TimestampSeconds = 1_700_000_000 + _blocks,
            BaseFeePerGas = default,
            GasUsed = default,
            GasLimit = default,
            FeeRecipient = default,
            ExcessBlobGas = default,
            BlobGasUsed = default,
            Transactions = [.. _none, .. txs.Select(tx => new BlockTx(Named.Tx(tx), Named.Account(tx), new Nonce(0), ExecutionOutcome.Succeeded, default, default))],
            AuthorityNonces = [],
        });
    }

    public Observed Fact(long at, string lane, string source, LogEvent fact)
    {
        var id = LaneId.Of(lane);
        _localSeqs[lane] = _localSeqs.GetValueOrDefault(lane) + 1;
        var batch = new EventBatch(id);
        batch.Add(fact, RecordMeta.Fact(id, _localSeqs[lane], At(at), source.Length == 0 ? default : SourceId.Of(source)));
        var after = Log.Last;
        Log.Append(batch);
        Engine.Apply(Log.ScanAfter(after));
        return this;
    }

    /// <summary>Figures of a source in the last hour.</summary>
    public ObserverFigures FiguresOf(string source) => View.Propagation(IObservationView.MaxWindowMinutes).Sources.Single(figures => figures.Name == source);

    /// <summary>Figures of a lane in the last hour.</summary>
    public ObserverFigures LaneFigures(string lane) => View.Propagation(IObservationView.MaxWindowMinutes).Lanes.Single(figures => figures.Name == lane);

    /// <summary>Asserts that a replay, and one from a checkpoint in the middle, reach the same state.</summary>
    public void AssertReplays()
    {
        var straight = ReplayEngine.Create(Scenario.Chain);
        var first = ReplayEngine.Create(Scenario.Chain);
        straight.Apply(Log.ScanAfter(GlobalSeq.None));
        for (ulong seq = 1; seq <= Log.Last.Value / 2; seq++)
        {
            first.Apply(Log.At(new GlobalSeq(seq)));
        }

        var saved = new ByteBuffer();
        first.SaveCheckpoint(saved);
        var second = ReplayEngine.Restore(Scenario.Chain, saved.WrittenSpan);
        second.Apply(Log.ScanAfter(second.Applied));
        second.AssertInvariants();

        Assert.Equal(Engine.Digest(), straight.Digest());
        Assert.Equal(Engine.Digest(), second.Digest());
        Assert.Equivalent(View.Propagation(60), second.Observations.Propagation(60), strict: true);
        Assert.Equivalent(View.Gaps(At(0), At(3_600_000)), second.Observations.Gaps(At(0), At(3_600_000)), strict: true);
        Assert.Equivalent(View.Observers(), second.Observations.Observers(), strict: true);
    }
}
