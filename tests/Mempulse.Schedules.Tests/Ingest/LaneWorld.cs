using Mempulse.Ethereum.Signatures;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Scheduling;
using Mempulse.Schedules.Tests.Scenarios;

namespace Mempulse.Schedules.Tests.Ingest;

/// <summary>The parts of a lane, put together as its pipeline does, with a strand for each thread.</summary>
internal sealed class LaneWorld : IDisposable
{
    private const int Workers = 2;

    private static readonly LaneMeter s_meter = new(UnhostedMeters.Shared, new ChainId(1), "lane");
    private readonly ChunkDecoder _decoder;
    private readonly ChunkOrder _order;

    public LaneWorld(ScriptedSink sink)
    {
        var options = new IngestPipelineOptions
        {
            QueueCapacityItems = 4,
            QueueCapacityBytes = 64,
            DecodeWorkers = Workers,
            ChunkItems = 4, // a chunk can be more than a batch holds
            MinBatchEvents = 2,
            MaxBatchEvents = 3,
            DropWindow = TimeSpan.Zero,
        };
        var context = new PipelineContext(s_meter, options, new DecodedBodies(16), new ScheduleTime(), observer: null);
        _decoder = new ChunkDecoder(context, new TransactionBodyDecoder(new ChainId(1), new NoRecovery()));
        Queue = new IngestQueue(options);
        Drops = new DropLedger(context);
        Recorder = new LaneRecorder(context, Drops, _decoder);
        _order = new ChunkOrder(Recorder, context.Lane, Workers);
        Sender = new BatchSender(context, Queue, Recorder, Drops, sink);
    }

    public IngestQueue Queue { get; }

    public DropLedger Drops { get; }

    public LaneRecorder Recorder { get; }

    public BatchSender Sender { get; }

    public static IngestItem Sighting(int producer, int number) =>
        IngestItem.Sighting(Sightings.Hash(number), SightingVia.HashSubscription, new SourceId((ulong)producer), new UnixNanoseconds(number));

    /// <summary>Runs workers and sender until the queue is closed and everything is appended or counted.</summary>
    public async Task RunAsync()
    {
        var sending = Exploration.Run("sender", () => Sender.RunAsync(CancellationToken.None));
        var workers = Enumerable.Range(0, Workers).Select(_ => Schedule.Start("worker", Work)).ToList();
        workers.ForEach(worker => worker.Join());
        Recorder.Finish();
        await sending;
    }

    /// <summary>Posts without waiting; a refused post is a drop, as in the pipeline.</summary>
    public void Post(int producer, int number)
    {
        if (Queue.TryPost(Sighting(producer, number)) == PostOutcome.Full)
        {
            Drops.Add(DropReason.QueueFull, "ingest", new SourceId((ulong)producer), Sightings.Hash(number), Queue.Depth, Queue.Peak, "The queue is full.");
            Recorder.Ready.Set();
        }
    }

    public void Dispose() => Queue.Dispose();

    private void Work()
    {
        while (_order.Rent() is { } chunk)
        {
            if (!Queue.Take(chunk))
            {
                _order.Return(chunk);
                return;
            }

            Schedule.Point("decode");
            _decoder.Decode(chunk);
            _order.Finish(chunk);
        }
    }

    private sealed class NoRecovery : ISenderRecovery
    {
        public string Name => "none";

        public bool TryRecover(in Hash256 digest, in EcdsaSignature signature, out Address signer)
        {
            signer = default;
            return false;
        }
    }
}
