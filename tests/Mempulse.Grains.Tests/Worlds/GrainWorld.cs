using Mempulse.Canon.Snapshots;
using Mempulse.Ethereum.Hashing;
using Mempulse.Folding;
using Mempulse.Folding.Checkpoints;
using Mempulse.Folding.Live;
using Mempulse.Folding.Replays;
using Mempulse.Grains.Folding;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Tests.Logs;
using Mempulse.Grains.Tests.Simulations;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;
using Mempulse.Testing.SimulatedDisk;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Grains.Tests.Worlds;

/// <summary>What a silo wires behind its grains: a log on a simulated disk, a sequencer with the failures that the test sets, a fold, and lanes that feed it. Time stands still until a wait advances it.</summary>
/// <remarks>The oracle is what was posted, and an offline replay of the log as it is on disk.</remarks>
internal sealed class GrainWorld : IAsyncDisposable
{
    public const string LaneName = "rpc";

    private static readonly SourceId s_source = SourceId.Of("node");

    private readonly TestLog _log;
    private readonly FoldMeter _foldMeter;
    private readonly LaneMeter _laneMeter;
    private readonly DecodedBodies _decoded = new(1 << 10);
    private Task _running = Task.CompletedTask;

    public GrainWorld(SimulatedFileSystem? disk = null, FoldOptions? options = null, ulong maxFoldLagEvents = FoldOptions.DefaultMaxLagEvents)
    {
        Disk = disk ?? new SimulatedFileSystem(seed: 12);
        _log = new TestLog(Disk, time: Time);
        _foldMeter = new FoldMeter(Measured.Meters);
        _laneMeter = new LaneMeter(Measured.Meters, TestLog.Chain, LaneName);
        Sequencer = new ScriptedSequencer(_log.Log);
        Port = new SequencedFoldLog(_log.Log, Sequencer.Grain, static _ => { });
        Sink = new SequencerSink(Sequencer.Grain, maxFoldLagEvents);
        Fold = new FoldLoop(Port, Checkpoints("/log/checkpoints"), options ?? new FoldOptions(), new FoldReports(TestLog.Chain, _log.Log.Progress, _foldMeter, Lines.For<GrainWorld>()), Time);
    }

    public SimulatedFileSystem Disk { get; }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_770_000_000));

    public LogLines Lines { get; } = new();

    public TestLog Log => _log;

    public Measurements Measured => _log.Measured;

    public ScriptedSequencer Sequencer { get; }

    public SequencedFoldLog Port { get; }

    public SequencerSink Sink { get; }

    public FoldLoop Fold { get; }

    /// <summary>A world whose fold follows a log with the facts of a story, once everything is folded and logged.</summary>
    public static async Task<GrainWorld> OfAsync(Scenario story)
    {
        var world = new GrainWorld();
        EventBatch? facts = null;
        for (ulong seq = 1; seq <= story.Log.Last.Value; seq++)
        {
            var record = story.Log.At(new GlobalSeq(seq));
            if (!record.IsDerived)
            {
                facts ??= new EventBatch(record.Lane);
                facts.AddCopy(record, record.Meta);
            }
        }

        await world.Log.Events.AppendAsync(facts!, CancellationToken.None);
        world.StartFold();
        await world.UntilAsync(() => world.Fold.Phase == FoldLoopPhase.Following && world.Fold.Engine.ExpectedCount == 0 && world.Fold.Engine.Applied == world.Log.Events.Watermark, "everything is folded and logged");
        return world;
    }

    /// <summary>Begins the epoch, as a host does, and starts the fold.</summary>
    public async Task StartAsync()
    {
        await _log.Log.AppendAsync(EpochStart.Of(_log.Events, TestLog.Chain, "test", new FoldParameters(), RecordClock.Now(Time)), Canon.Appending.AcknowledgeOn.Pool);
        StartFold();
    }

    /// <summary>Starts the fold over a log that has the record of its epoch.</summary>
    public void StartFold() => _running = Fold.RunExclusiveAsync();

    /// <summary>A lane's pipeline over the sink.</summary>
    public async Task<IngestPipeline> OpenLaneAsync()
    {
        var lane = new IngestPipeline(_laneMeter, new IngestPipelineOptions { DecodeWorkers = 2, MinBatchEvents = 1, MaxBatchEvents = 16 }, _decoded, Sink, TransactionBodyDecoder.For(TestLog.Chain), Time);
        await lane.StartAsync(CancellationToken.None);
        return lane;
    }

    /// <summary>Posts transactions, each as a sighting with its body, and waits for room if there is none.</summary>
    public async Task PostAsync(IngestPipeline lane, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            await lane.PostAsync(IngestItem.PushedBody(Body(i), default, SightingVia.BodySubscription, s_source, RecordClock.Now(Time)), CancellationToken.None);
        }
    }

    /// <summary>Returns once the lane has appended or recorded as dropped all that it was given.</summary>
    public async Task CompleteAsync(IngestPipeline lane)
    {
        var completing = lane.CompleteAsync(CancellationToken.None);
        await UntilAsync(() => completing.IsCompleted, "the lane ends");
        await completing;
        await lane.DisposeAsync();
    }

    /// <summary>Stops the fold after it has folded and appended everything.</summary>
    public async Task FinishAsync()
    {
        Fold.Finish();
        await UntilAsync(() => Fold.Phase is FoldLoopPhase.Stopped or FoldLoopPhase.Failed, "the fold finishes");
        await _running;
    }

    /// <summary>Stops the fold where it is, as a silo that stops does, and takes its last checkpoint.</summary>
    public async Task SuspendAsync()
    {
        Fold.Stop();
        await _running;
        await Fold.SaveAsync();
    }

    /// <summary>Advances the time until a condition holds.</summary>
    public Task UntilAsync(Func<bool> condition, string what) => Until.TrueAsync(
        () =>
        {
            bool holds = condition();
            if (!holds)
            {
                Time.Advance(FoldOptions.DefaultRetryDelay);
            }

            return holds;
        },
        what);

    /// <summary>Asserts that each posted transaction is in the log once, or counted in a record of drops, and nothing else is.</summary>
    /// <returns>The number of records that were dropped.</returns>
    public ulong AssertPosted(int transactions)
    {
        var expected = Enumerable.Range(0, transactions).Select(i => Keccak256.Hash(Body(i))).ToHashSet();
        var found = new List<(EventKind Kind, Hash256 Tx)>();
        ulong dropped = 0;
        ulong lastLocal = 0;
        ForEachRecord((in record) =>
        {
            if (record.Lane == LaneId.Of(LaneName))
            {
                Assert.True(record.LocalSeq > lastLocal);
                lastLocal = record.LocalSeq;
                if (record.Kind == LogEvent.TxIngestDropped.KindNumber)
                {
                    var drop = (LogEvent.TxIngestDropped)LogEvent.Decode(record)!;
                    Assert.Equal(DropReason.LogUnavailable, drop.Reason);
                    dropped += drop.Count;
                }
                else
                {
                    found.Add((record.Kind, record.TxKey));
                }
            }
        });
        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.All(found, record => Assert.Contains(record.Tx, expected));
        Assert.Equal(2UL * (ulong)transactions, (ulong)found.Count + dropped);
        Assert.True(dropped > 0 || lastLocal == (ulong)found.Count, "without drops the numbers of the lane are dense");
        return dropped;
    }

    /// <summary>Asserts that the log holds every derived event exactly once, and that the live state is that of a replay of the log.</summary>
    public void AssertWhole()
    {
        using var replay = LogReplay.Open(Log.Events.Reader, Checkpoints("/nothing"), GlobalSeq.None);
        replay.RunTo(Log.Events.Watermark, CancellationToken.None);
        Assert.Equal((0UL, 0), (replay.Engine.DivergenceCount, replay.Engine.ExpectedCount));
        Assert.Equal((replay.Engine.Applied, replay.Engine.Digest()), (Fold.Engine.Applied, Fold.Engine.Digest()));
        Assert.Equal(Log.Events.Watermark, Fold.Engine.Applied);
    }

    public void ForEachRecord(RecordReader read)
    {
        using var scan = Log.Events.Reader.Scan(new GlobalSeq(1));
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                read(record);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Fold.Stop();
        Sequencer.Release();
        await _running;
        Fold.Dispose();
        _foldMeter.Dispose();
        await _log.DisposeAsync();
    }

    public delegate void RecordReader(in RecordView record);

    private static byte[] Body(int number) => MadeChain.Sign(MadeChain.Stopper, value: 1, nonce: (ulong)number);

    private CheckpointStore Checkpoints(string path) => new(TestLog.Chain, FoldComposition.Default, new SnapshotStore(Disk, path));
}
